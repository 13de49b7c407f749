package import BusWire

/// Filters of a subscription as people write them: `name=text`, `name=/regex/`, `name:present`.
package enum FilterNotation {
    /// What may stand behind the colon: the special values of contract §4.
    private static let specialWords = ["key", "nil", "value", "empty", "blank", "present"]

    /// How much of a filter is shown, in Unicode scalars.
    private static let longestShown = 120

    /// The filter in the form in which it is stored.
    ///
    /// - Throws: `OperationError` that says how to write it.
    package static func parse(_ text: String) throws(OperationError) -> SubscriptionFilter {
        if let equals = text.firstIndex(of: "=") {
            let name = String(text[..<equals])
            guard !name.isEmpty else { throw OperationError("'\(text)' has no attribute name before '='.") }
            return SubscriptionFilter(name: name, pattern: try pattern(text[text.index(after: equals)...], of: name))
        }
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else {
            throw OperationError("'\(text)' is not a filter; write name=text, name=/regex/ or name:present.")
        }
        let word = String(text[text.index(after: colon)...])
        guard specialWords.contains(word) else {
            throw OperationError("'\(word)' is not one of \(specialWords.joined(separator: ", ")) in '\(text)'.")
        }
        return SubscriptionFilter(name: String(text[..<colon]), pattern: "bus_special_value_\(word)")
    }

    private static func pattern(_ value: Substring, of name: String) throws(OperationError) -> String {
        guard !value.isEmpty else {
            throw OperationError("'\(name)=' never matches; write \(name):empty, \(name):blank or \(name):nil.")
        }
        guard value.first == "/", let end = value.lastIndex(of: "/"), end != value.startIndex else {
            return String(value)
        }
        let flags = value[value.index(after: end)...]
        let regex = value[value.index(after: value.startIndex)..<end]
        guard Set(flags).isSubset(of: "imx"), Set(flags).count == flags.count else { return String(value) }
        // Ruby anchors what does not begin with (?-mix: (contract §4), so options go inside.
        guard !flags.isEmpty else { return "(?-mix:\(regex))" }
        let off = "mix".filter { !flags.contains($0) }
        return "(?-mix:(?\(flags)\(off.isEmpty ? "" : "-\(off)"):\(regex)))"
    }

    /// The words for a stored filter: what `parse` reads.
    package static func text(_ filter: SubscriptionFilter) -> String {
        let special = "bus_special_value_"
        if filter.pattern.hasPrefix(special), specialWords.contains(String(filter.pattern.dropFirst(special.count))) {
            return "\(filter.name):\(filter.pattern.dropFirst(special.count))"
        }
        let opening = "(?-mix:"
        if isUnanchored(filter.pattern), filter.pattern.hasSuffix(")") {
            return "\(filter.name)=/\(filter.pattern.dropFirst(opening.count).dropLast())/"
        }
        return "\(filter.name)=\(filter.pattern)"
    }

    /// The words for a stored filter as far as they have room before a sentence.
    package static func shown(_ filter: SubscriptionFilter) -> String { ShownText.cut(text(filter), to: longestShown) }

    /// Whether the stored filter is what `parse` makes of `/regex/`: Ruby looks for it anywhere, and not on whole
    /// lines.
    package static func isUnanchored(_ pattern: String) -> Bool { pattern.hasPrefix("(?-mix:") }
}
