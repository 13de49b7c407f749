/// The filters that ask about the presence of an attribute instead of its text, stored as `bus_special_value_…`.
package enum SpecialValue: String, CaseIterable, Hashable, Sendable {
    /// The event has the attribute, even when it is null.
    case key
    /// The attribute is there and not null.
    case value
    /// The attribute is null or missing.
    case `nil`
    /// The attribute's text is "", but the attribute is not null.
    case empty
    /// The attribute's text is empty once stripped, or the attribute is null or missing.
    case blank
    /// Not blank.
    case present

    /// What precedes the name in the stored filter.
    package static let storedPrefix = "bus_special_value_"

    /// Reads a stored filter; nil for any other text, also for an unknown word behind the prefix (that is a plain
    /// filter in Ruby).
    package init?(filter: String) {
        guard filter.utf8.starts(with: Self.storedPrefix.utf8) else { return nil }
        self.init(rawValue: String(filter.dropFirst(Self.storedPrefix.count)))
    }

    /// The states of an attribute that satisfy the filter.
    var accepted: AttributeState {
        switch self {
        case .key: [.null, .emptyText, .blankText, .otherText]
        case .value: [.emptyText, .blankText, .otherText]
        case .nil: [.absent, .null]
        case .empty: .emptyText
        case .blank: [.absent, .null, .emptyText, .blankText]
        case .present: .otherText
        }
    }
}

/// The five states of an attribute that special filters tell apart; a filter accepts a set of them.
struct AttributeState: OptionSet {
    let rawValue: UInt8

    static let absent = AttributeState(rawValue: 1)
    static let null = AttributeState(rawValue: 2)
    static let emptyText = AttributeState(rawValue: 4)
    /// Text that Ruby's `strip` empties.
    static let blankText = AttributeState(rawValue: 8)
    static let otherText = AttributeState(rawValue: 16)
}
