use proptest::prelude::*;

use super::print;
use crate::clean::{parsed, tamed};

#[track_caller]
fn prints(html: &str, expected: &str) {
    let tamed = tamed(html).unwrap_or_default();
    assert_eq!(print(&tamed).as_deref(), Some(expected), "{html}");
    assert_eq!(parsed(&tamed), expected, "the parser: {html}");
}

#[test]
fn tags_that_programs_leave_out_are_added() {
    prints("<p>a<p>b", "<p>a</p><p>b</p>");
    prints("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    prints("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    prints(
        "<table><tr><td>a<td>b<tr><th>c</table>",
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></tbody></table>",
    );
    prints(
        "<table><caption>x</caption><col><thead><tr><td><p>a</thead><td>b</table>",
        "<table><caption>x</caption><colgroup><col></colgroup><thead><tr><td><p>a</p></td></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
    );
    prints(
        "<p>a<table><td>b</table></p>",
        "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table><p></p>",
    );
    prints("a</div></span><td>b</td>", "ab");
}

#[test]
fn attributes_are_read_filtered_and_ordered_as_the_parser_does() {
    prints(
        "<P ALIGN=center align=left onclick=x title='a \"b\"'>x",
        "<p align=\"center\" title=\"a &quot;b&quot;\">x</p>",
    );
    // The sanitiser fills the place of what the filter refuses with the last attribute.
    prints(
        "<td><p class=x dir=ltr lang=de title=t>",
        "<p title=\"t\" dir=\"ltr\" lang=\"de\"></p>",
    );
    prints(
        "<a href=https://a.de/?b=1&c=2&amp;d>x</a><a href=javascript:x name=y>y</a>",
        "<a href=\"https://a.de/?b=1&amp;c=2&amp;d\" rel=\"noopener noreferrer\" target=\"_blank\">x</a><a>y</a>",
    );
    prints(
        "<img src=//a.de/b.png width=5><img src=cid:c><img src=data:image/png;base64,x>",
        "<img data-remote-src=\"https://a.de/b.png\" width=\"5\"><img src=\"cid:c\"><img>",
    );
}

#[test]
fn references_are_read_and_text_is_escaped() {
    prints(
        "R&D &amp; &lt;b&gt; &#39;&#x2014;&nbsp;§ > \u{a0}",
        "R&amp;D &amp; &lt;b&gt; '—&nbsp;§ &gt; &nbsp;",
    );
    prints("&rarr;&zwnj;&trade;&apos;&check;&thinsp;", "→\u{200c}™'✓\u{2009}");
}

#[test]
fn what_a_parser_moves_or_repeats_is_left_to_it() {
    for html in [
        "<b>a<p>b</b>c</p>",
        "<a href=#>a<a href=#>b</a></a>",
        "<table>a<tr><td>b</table>",
        "<table><b><tr><td>b</table>",
        "<p><b>a<p>b",
        "<div><b>a</div>b",
        "<h1>a<h2>b</h2></h1>",
        "<li>a<dd>b<li>c",
        "<b><b><b><b>a</b></b></b></b>",
        "<pre>\na</pre>",
        "<pre>&#10;a</pre>",
        "<svg>a</svg>",
        "&copy 2026",
        "&ngE;",
        "a\rb",
        "\u{feff}a",
        "<a href=http://1.2.3.4/>a</a>",
        "<a href=http://xn--a/>a</a>",
        "</br>",
    ] {
        assert_eq!(print(&tamed(html).unwrap_or_default()), None, "{html}");
    }
}

/// Tags and texts of which mails are made, and some that make trouble.
fn piece() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "p",
        "p",
        "div",
        "div",
        "table",
        "table",
        "tr",
        "tr",
        "td",
        "td",
        "th",
        "tbody",
        "thead",
        "caption",
        "colgroup",
        "li",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "b",
        "i",
        "a",
        "font",
        "span",
        "h1",
        "h2",
        "pre",
        "blockquote",
        "center",
        "sup",
        "section",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        " class=x",
        " dir=ltr class=x title=\"a&amp;b\"",
        " href=https://a.de/?x=1&y=2",
        " href='mailto:a@b.de' style='color: red'",
        " src=//h.de/i.png",
        " href=http:x",
        " title=&copy",
        " a=b/",
    ]);
    let texts = prop::sample::select(vec![
        "x",
        " ",
        "\n",
        "a & b",
        "&nbsp;",
        "&lt;",
        "&copy;",
        "&#39;",
        "ü > 1",
        "<br>",
        "<hr>",
        "<br/>",
        "<col>",
        "<img src=cid:a alt=x>",
        "&rarr;",
        "&x",
        "&#10;",
    ]);
    prop_oneof![
        3 => (names.clone(), attributes).prop_map(|(name, given)| format!("<{name}{given}>")),
        3 => names.prop_map(|name| format!("</{name}>")),
        2 => texts.prop_map(str::to_string),
    ]
}

/// Nested pieces whose end tags are there, mostly.
fn nested() -> impl Strategy<Value = String> {
    let wrapped = |inner: BoxedStrategy<String>| {
        let frames = prop::sample::select(vec![
            ("<p>", "</p>"),
            ("<p>", ""),
            ("<div>", "</div>"),
            ("<b>", "</b>"),
            ("<span>", "</span>"),
            ("<font color=red>", "</font>"),
            ("<a href=#>", "</a>"),
            ("<ul><li>", "</ul>"),
            ("<li>", ""),
            ("<table><tr><td>", "</td></tr></table>"),
            ("<table><td>", "</table>"),
            ("<td>", "</td>"),
            ("<tr>", ""),
            ("<blockquote>", "</blockquote>"),
            ("<h1>", "</h1>"),
            ("<dl><dt>", "<dd></dl>"),
            ("<tbody>", "</tbody>"),
        ]);
        (frames, prop::collection::vec(inner, 0..4))
            .prop_map(|((start, end), inner)| format!("{start}{}{end}", inner.concat()))
            .boxed()
    };
    piece().boxed().prop_recursive(5, 40, 4, wrapped)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn what_is_printed_is_what_the_parser_prints(pieces in prop::collection::vec(nested(), 1..6)) {
        let tamed = tamed(&pieces.concat()).unwrap_or_default();
        if let Some(printed) = print(&tamed) {
            prop_assert_eq!(&printed, &parsed(&tamed), "{}", tamed);
            prop_assert_eq!(print(&printed), Some(printed), "twice: {}", tamed);
        }
    }
}
