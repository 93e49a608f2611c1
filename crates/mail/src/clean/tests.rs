use super::*;

/// What cleaned HTML must never contain, whatever it was made of.
fn assert_harmless(html: &str, given: &str) {
    use tokens::{Kind, Tokens, attributes, unescaped};
    for token in Tokens::new(html) {
        let Kind::Start { name, attributes: given_attributes } = token.kind else { continue };
        assert!(is_allowed(name), "{name} in {html:?} of {given:?}");
        for (attribute, value) in attributes(given_attributes) {
            let value = unescaped(value).to_lowercase();
            let is_allowed = match (name, attribute) {
                ("img", "src") => value.starts_with("cid:"),
                ("img", "data-remote-src") => {
                    value.starts_with("http://") || value.starts_with("https://")
                }
                ("a", "href") => {
                    ["http:", "https:", "mailto:", "tel:"].iter().any(|s| value.starts_with(s))
                }
                ("a", "rel") => value == "noopener noreferrer",
                ("a", "target") => value == "_blank",
                (_, "style") => ["url", "expression", "import", "\\", "var(", "position:", "<"]
                    .iter()
                    .all(|w| !value.contains(w)),
                (_, "class" | "id") => !value.is_empty(),
                (_, other) => [
                    "align",
                    "alt",
                    "bgcolor",
                    "border",
                    "cellpadding",
                    "cellspacing",
                    "color",
                    "colspan",
                    "dir",
                    "face",
                    "height",
                    "lang",
                    "rowspan",
                    "size",
                    "start",
                    "title",
                    "type",
                    "valign",
                    "value",
                    "width",
                ]
                .contains(&other),
            };
            assert!(is_allowed, "{name} {attribute}={value:?} in {html:?} of {given:?}");
        }
    }
}

/// Cleans and checks everything that is true of all cleaned HTML.
fn cleaned(given: &str) -> String {
    let once = clean(given);
    assert_harmless(&once.html, given);
    assert_eq!(clean(&once.html), once, "cleaned twice: {given:?}");
    once.html
}

#[track_caller]
fn cleans(given: &str, expected: &str) {
    assert_eq!(cleaned(given), expected, "{given}");
}

#[test]
fn what_mails_need_stays() {
    cleans("<p align=center>Guten <b>Tag</b></p>", "<p align=\"center\">Guten <b>Tag</b></p>");
    cleans(
        "<table width=600 cellpadding=0 bgcolor=#ffffff><tr><td colspan=2 style=\"padding:4px\">x</td></tr></table>",
        "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#ffffff\"><tbody><tr><td colspan=\"2\" style=\"padding:4px\">x</td></tr></tbody></table>",
    );
    cleans(
        "<font color=red face='Arial, Helvetica' size=2>x</font>",
        "<font color=\"red\" face=\"Arial, Helvetica\" size=\"2\">x</font>",
    );
    cleans("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    cleans(
        "<img src=cid:a@b alt=Logo width=10>",
        "<img src=\"cid:a@b\" alt=\"Logo\" width=\"10\">",
    );
    cleans("<div class=\"x gmail_quote y\" id=foo>x</div>", "<div class=\"gmail_quote\">x</div>");
    cleans("a &amp; b &lt; c &uuml;", "a &amp; b &lt; c ü");
    cleans("", "");
}

#[test]
fn links_go_only_to_the_web_to_mail_and_to_phones() {
    cleans(
        "<a href=https://example.de/?a=1&amp;b=2 onclick=x target=_top rel=opener>x</a>",
        "<a href=\"https://example.de/?a=1&amp;b=2\" rel=\"noopener noreferrer\" target=\"_blank\">x</a>",
    );
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://a/b",
        "//evil.example",
        "/relative",
        "\u{1}javascript:x",
        "cid:x",
        "ftp://x",
        "x:javascript",
        "about:blank",
        "ms-word:x",
        "intent://x",
        "#frag",
        "",
    ] {
        let html = cleaned(&format!("<a href=\"{}\">x</a>", href.replace('"', "&quot;")));
        assert!(!html.contains("href"), "{href:?} gives {html}");
    }
    assert!(
        cleaned("<a href=mailto:a@b.de>x</a><a href=tel:+49>y</a>").contains("href=\"tel:+49\"")
    );
}

#[test]
fn images_of_other_servers_are_not_loaded() {
    let cleaned_html =
        clean("<img src=http://a.example/x.png><img src='//b.example/y'><img src=cid:z>");
    assert_eq!(
        cleaned_html.html,
        "<img data-remote-src=\"http://a.example/x.png\"><img data-remote-src=\"https://b.example/y\"><img src=\"cid:z\">"
    );
    assert_eq!((cleaned_html.blocked_remote, cleaned_html.version), (2, CLEANER_VERSION));
    for html in [
        "<img srcset='http://a.example/x 2x'>",
        "<img src=x lowsrc=http://a.example>",
        "<img src=data:image/svg+xml,x>",
        "<img src=/attachments/1>",
        "<img src=x dynsrc=http://a.example>",
        "<body background=http://a.example>",
        "<table background=http://a.example><tr><td background=http://a.example>x</table>",
        "<picture><source srcset=http://a.example></picture>",
        "<video poster=http://a.example src=x></video>",
        "<audio src=http://a.example></audio>",
        "<input type=image src=http://a.example>",
        "<link rel=stylesheet href=http://a.example>",
        "<link rel=dns-prefetch href=//a.example>",
        "<link rel=prefetch href=//a.example>",
        "<object data=http://a.example></object>",
        "<embed src=http://a.example>",
        "<iframe src=http://a.example></iframe>",
        "<frameset><frame src=http://a.example></frameset>",
        "<base href=http://a.example><img src=x>",
        "<meta http-equiv=refresh content='0;url=http://a.example'>",
        "<bgsound src=http://a.example>",
        "<applet codebase=http://a.example></applet>",
        "<blockquote cite=http://a.example>x</blockquote>",
        "<q cite=http://a.example>x</q>",
        "<a ping=http://a.example>x</a>",
        "<div style='background:url(http://a.example)'>x</div>",
        "<style>@import 'http://a.example';</style>",
        "<style>p{background:url(http://a.example)}",
        "<p style=\"background:\\75rl(http://a.example)\">x",
        "<p style='list-style:url(http://a.example)'>x",
        "<svg><image href=http://a.example></svg>",
        "<svg><use href=http://a.example#x></svg>",
        "<rect fill='url(http://a.example#x)'/>",
        "<track src=http://a.example>",
        "<img src=\"http\t://a.example/\">",
        "<image src=http://a.example onerror=x>",
        "<html manifest=http://a.example>",
        "<script src=http://a.example></script>",
        "<portal src=http://a.example>",
    ] {
        let html = cleaned(html);
        let rest = html.replace("data-remote-src=\"http://a.example\"", "");
        assert!(!rest.contains("a.example"), "{html}");
    }
}

#[test]
fn addresses_of_images_are_given_when_the_page_is_printed() {
    let html = clean("<img src=cid:a%40b><img src=cid:c><img src=http://x.example/?a&b>").html;
    let shown = address_images(&html, |source| match source {
        ImageSource::Inline(id) if id == "a@b" => Some("/attachments/1/inline?\"".into()),
        ImageSource::Inline(_) => None,
        ImageSource::Remote(address) => Some(format!("/proxy/{}", address.len())),
    });
    assert_eq!(shown, "<img src=\"/attachments/1/inline?&quot;\"><img><img src=\"/proxy/21\">");
    let kept = address_images(&html, |_| None);
    assert_eq!(kept, "<img><img><img data-remote-src=\"http://x.example/?a&amp;b\">");
}

/// Inputs that made other cleaners print a script, by kind.
const HOSTILE: &[&str] = &[
    // Plain scripts and handlers.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<b onmouseover=alert(1)>x</b>",
    "<p/onclick=alert(1)>x",
    "<img/src=\"x\"/onerror=alert(1)>",
    "<a href=x onclick\n=\nalert(1)>x</a>",
    "<div style=\"width:expression(alert(1))\">x",
    "<img src=\"javascript:alert(1)\">",
    "<table background=\"javascript:alert(1)\">",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x",
    "<isindex action=javascript:alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)>x",
    "<keygen autofocus onfocus=alert(1)>",
    // Confused parsers.
    "<<script>alert(1);//<</script>",
    "<script>alert(1)//",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<a href=\"a\"\"><script>alert(1)</script>\">x</a>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<!DOCTYPE x [<!ENTITY a '<script>'>]>&a;",
    "<comment><img src=\"</comment><img src=x onerror=alert(1)//\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\">",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
    "<plaintext><img src=x onerror=alert(1)>",
    "<style><p title=\"</style><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x on\0error=alert(1)>",
    "<img\u{2028}src=x onerror=alert(1)>",
    "<img src=x o\u{0}nerror\u{2029}=alert(1)>",
    "<\u{0}script>alert(1)</script>",
    "<a href=\"jav\0ascript:alert(1)\">x</a>",
    // Foreign content and mutation.
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>",
    "<svg><set attributeName=onmouseover to=alert(1)></svg>",
    "<svg><animateTransform onbegin=alert(1)></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x onload=alert(1)>#x\"></svg>",
    "<svg><animate attributeName=style to='background:url(x)' /></svg>",
    "<table><caption><svg><title><style><img src=x onerror=alert(1)></style></title></svg></caption></table>",
    "<table><td><form><td></form><img src=x onerror=alert(1)>",
    "<a><table><a>",
    "<a href=http://x><table><td><a href=http://y>z",
    "<p><table><p></table>",
    "<b><p><i></b></i>",
    "<font><p><font><p><font><div></font>",
    "<h1><h2><h1>",
    "<li><dd><li><dt><dd>",
    "<p><object><p>x</p></object></p>",
    "<button><p><button><p>x",
    "<pre>\n\n\nx</pre>",
    "<ul><li><p><ul><li></p></li>",
    "<table>a<tr>b<td>c</table>d",
    "<table><tr><table><td>x",
    "<nobr><nobr><a><nobr>",
    "<b><b><b><b><b>x<p>y",
    "<a><b><a><b><a><b>x",
    "<em><a><em><a>x</em></a>",
    "<ruby><rt><rp><rt>x",
    "<option><p><select><option>x",
    "<frameset><p>",
    "<col><p>",
    "<tr><td>x",
    "</p></br></div>",
    "<caption><table><caption>x",
    "<dl><dt><dl><dd><p><dl>x",
    // Entities and escapes.
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a title=\"&lt;img src=x onerror=alert(1)&gt;\">x</a>",
    "<a title='\"><img src=x onerror=alert(1)>'>x</a>",
    "<a href='http://x/\"onmouseover=alert(1) '>x</a>",
    "<img alt=\"`><script>alert(1)</script>\">",
    "&#60;script&#62;",
    "&\u{0}lt;",
    "<p title=&quot;&gt;<b>x",
    "<p lang='\"><script>'>x</p>",
    "<p style=\"font-family:'</p><script>'\">x</p>",
    "<p style=\"color:red;&quot;onclick=alert(1)\">x</p>",
    "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%\">x</div>",
    "<div id=x name=getElementById class=toast>x</div>",
];

#[test]
fn hostile_html_is_harmless_and_cleaning_twice_gives_the_same_bytes() {
    for given in HOSTILE {
        cleaned(given);
        cleaned(&format!("<div>{given}</div>"));
        cleaned(&format!("<table><tr><td>{given}</td></tr></table>"));
        cleaned(&format!("<p title=\"{given}\">x</p>"));
        cleaned(&format!("<!-- {given}"));
    }
    assert!(HOSTILE.len() > 90);
}

#[test]
fn pairs_of_hostile_inputs_are_harmless() {
    for first in HOSTILE {
        for second in HOSTILE.iter().step_by(3) {
            cleaned(&format!("{first}{second}"));
        }
    }
}

#[test]
fn no_text_is_lost_from_html_that_is_too_entangled() {
    let html =
        format!("<p>Guten Tag</p>{}<p>Grüße</p>", "<b>".repeat(4_000) + &"<p>x".repeat(40_000));
    let text = crate::text::text_from_html(&html);
    assert!(text.starts_with("Guten Tag\n") && text.ends_with("Grüße\n"));
}

proptest::proptest! {
    #[test]
    fn any_soup_of_tags_is_harmless_and_stable(html in "(</?(a|b|p|table|tr|td|th|tbody|caption|div|li|ul|dd|dt|h1|h2|pre|font|svg|math|style|script|select|form|button|object|template|img|br|col|colgroup)( (href|src|style|class|onclick)=['\"]?(x|http://x|cid:x|color:red)['\"]?)?/?>|[ -~]|\n|<!--|-->|&lt;){0,60}") {
        cleaned(&html);
    }
}

#[test]
fn characters_that_a_parser_drops_or_changes_are_not_printed() {
    assert_eq!(clean("<p title=\"a&#13;b\">x</p>").html, "<p title=\"a\nb\">x</p>");
    assert_eq!(clean("</div>\u{feff}<p>x</p>").html, "<p>x</p>");
}

#[test]
fn html_that_is_shown_as_text_stays_the_same_when_it_is_cleaned_again() {
    let entangled = format!("<table>{}", "<p>say \"&quot;\" & go".repeat(3_000));
    let once = clean(&entangled);
    assert!(once.html.starts_with("<div>say \"\"\" &amp; go<br>say"), "{:.60}", once.html);
    assert_eq!(clean(&once.html), once);
}
