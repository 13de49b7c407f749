/// A piece of HTML that is well-formed XML as well. Text and attributes get in only escaped.
struct Markup: Sendable {
    let source: String

    /// Elements that never have content; HTML does not allow an end tag for some of them.
    private static let empties: Set<String> = ["meta", "br", "rect", "path", "line", "circle"]

    /// Elements after which a line ends, for those who read the source.
    private static let blocks: Set<String> = ["section", "header", "figure", "svg", "tr", "li", "dl", "head", "meta"]

    static let nothing = Markup(source: "")

    static func text(_ text: String) -> Markup {
        Markup(source: escaped(text))
    }

    /// Text that is markup or style already, written in this program and never from outside.
    static func verbatim(_ source: StaticString) -> Markup {
        Markup(source: source.description)
    }

    /// Attributes that are nil are left out.
    static func element(_ name: String, _ attributes: KeyValuePairs<String, String?>, content: Markup) -> Markup {
        let list = attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
        let end = blocks.contains(name) ? "\n" : ""
        return Markup(
            source: empties.contains(name)
                ? "<\(name)\(list)/>\(end)" : "<\(name)\(list)>\(content.source)</\(name)>\(end)")
    }

    static func joined(_ parts: [Markup]) -> Markup {
        Markup(source: parts.map(\.source).joined())
    }

    /// Text without any meaning to HTML. Characters that XML forbids become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\0"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// An element of the page, with what the builder makes in it.
func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], @MarkupBuilder _ content: () -> Markup
) -> Markup {
    .element(name, attributes, content: content())
}

/// An element with text in it, or with nothing.
func element(_ name: String, _ attributes: KeyValuePairs<String, String?>, _ text: String = "") -> Markup {
    .element(name, attributes, content: .text(text))
}

/// An element with text in it.
func element(_ name: String, _ text: String) -> Markup {
    .element(name, [:], content: .text(text))
}

/// Elements and texts one after the other; a text is escaped.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ markup: Markup) -> Markup { markup }
    static func buildExpression(_ text: String) -> Markup { .text(text) }
    static func buildBlock(_ parts: Markup...) -> Markup { .joined(parts) }
    static func buildArray(_ parts: [Markup]) -> Markup { .joined(parts) }
    static func buildOptional(_ part: Markup?) -> Markup { part ?? .nothing }
    static func buildEither(first: Markup) -> Markup { first }
    static func buildEither(second: Markup) -> Markup { second }
}
