//! Where a request really comes from when it passed proxies.

use std::net::IpAddr;
use std::str::FromStr;

/// An address or a block of addresses: `10.0.0.0/8`, `::1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix_bits: u8,
}

/// A text that is neither an address nor a block of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidNetwork;

impl Network {
    /// Whether the address lies in this block.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32_u32.saturating_sub(u32::from(self.prefix_bits));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128_u32.saturating_sub(u32::from(self.prefix_bits));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (address, bits) = text.trim().split_once('/').unwrap_or((text.trim(), ""));
        let address: IpAddr = address.parse().map_err(|_| InvalidNetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits = if bits.is_empty() && !text.contains('/') {
            most
        } else {
            bits.parse().map_err(|_| InvalidNetwork)?
        };
        if prefix_bits > most { Err(InvalidNetwork) } else { Ok(Self { address, prefix_bits }) }
    }
}

/// The address of the client: the last one in `X-Forwarded-For` that no trusted proxy has.
///
/// `peer` is the other end of the connection; `forwarded` are the values of all `X-Forwarded-For`
/// headers in their order. Without trusted proxies the headers are not looked at, because anyone can
/// send them.
pub fn client_address<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[Network],
) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let hops = forwarded.rev().flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !is_trusted(client) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), forwarded.iter().copied(), &trusted).to_string()
    }

    #[test]
    fn without_trusted_proxies_the_header_is_not_believed() {
        assert_eq!(client("192.0.2.9", &["198.51.100.1"], &[]), "192.0.2.9");
    }

    #[test]
    fn behind_a_proxy_the_last_address_it_did_not_add_itself_counts() {
        let trusted = ["10.0.0.0/8", "127.0.0.1"];
        assert_eq!(client("127.0.0.1", &["198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(
            client("127.0.0.1", &["6.6.6.6, 198.51.100.1, 10.1.2.3"], &trusted),
            "198.51.100.1"
        );
        assert_eq!(client("127.0.0.1", &["6.6.6.6", "198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(client("::ffff:127.0.0.1", &["2001:db8::1"], &trusted), "2001:db8::1");
    }

    #[test]
    fn nonsense_in_the_header_ends_the_search() {
        assert_eq!(client("127.0.0.1", &["198.51.100.1, unknown"], &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.1");
    }

    #[test]
    fn a_block_of_addresses_has_no_more_bits_than_an_address() {
        assert_eq!("10.0.0.0/33".parse::<Network>(), Err(InvalidNetwork));
        assert_eq!("10.0.0.0/".parse::<Network>(), Err(InvalidNetwork));
        assert_eq!("proxy".parse::<Network>(), Err(InvalidNetwork));
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("203.0.113.7".parse().unwrap()));
        assert!(!all.contains("2001:db8::1".parse().unwrap()));
        let half: Network = "2001:db8::/33".parse().unwrap();
        assert!(half.contains("2001:db8:7fff::1".parse().unwrap()));
        assert!(!half.contains("2001:db8:8000::1".parse().unwrap()));
    }
}
