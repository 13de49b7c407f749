import BusWire

/// Subscriptions with nothing but a regular expression on `path`, each another, and events whose paths all differ: the
/// shapes of `ceiling/patterns.c`.
struct PatternWorkload {
    /// What the texts do to the patterns; the first ten patterns meet all of it, however many there are.
    enum Shape: String, CaseIterable {
        case first, middle, last, tenth, unanchored, suffix, around

        /// To follow "match, ".
        var description: String {
            switch self {
            case .first: "texts fail at the first character"
            case .middle: "texts fail in the middle"
            case .last: "texts fail at the last character"
            case .tenth: "one text in ten matches"
            case .unanchored: "patterns without an anchor"
            case .suffix: "patterns that are suffixes"
            case .around: "patterns that surround a word"
            }
        }

        fileprivate func pattern(_ number: Int) -> String {
            let word = PatternWorkload.padded(number, to: 5)
            return switch self {
            case .first, .middle, .last, .tenth: "(?-mix:^[a-z]+_\(word)_[a-z]+$)"
            case .unanchored: "(?-mix:[0-9]x_\(word)[a-z]+-)"
            case .suffix: "(?-mix:_kind_\(word)$)"
            case .around: "(?-mix:^.+_\(word)_.+z$)"
            }
        }

        fileprivate func path(_ number: Int) -> String {
            let word = PatternWorkload.padded(number % 10, to: 5)
            let letters = PatternWorkload.letters(number)
            return switch self {
            case .first: "7\(letters)_\(word)_end"
            case .middle: "order_\(word)-\(letters)"
            case .last: "order_\(word)_\(letters)7"
            case .tenth where number % 10 == 0:
                "order_\(PatternWorkload.padded(number / 10 % 10, to: 5))_\(letters)"
            case .tenth: Shape.last.path(number)
            case .unanchored: "order7x_\(word)\(letters)7"
            case .suffix: "\(letters)_kind_9\(PatternWorkload.padded(number % 10_000, to: 4))"
            case .around: "order_\(word)_\(letters)y"
            }
        }

        /// How many of this number of events match, one pattern each.
        func matches(amongEvents count: Int) -> Int { self == .tenth ? (count + 9) / 10 : 0 }
    }

    let subscriptions: [Subscription]
    private let shape: Shape

    init(_ shape: Shape, patterns: Int) {
        self.shape = shape
        subscriptions = (0..<patterns).map { number in
            Subscription(
                appKey: "patterns", key: String(number), queue: "patterns_default", className: "::QueueBus::Rider",
                filters: [SubscriptionFilter(name: "path", pattern: shape.pattern(number))])
        }
    }

    /// The first events, as Ruby's publish writes them.
    func events(_ count: Int) -> [[UInt8]] {
        (0..<count).map { number in
            let text =
                #"{"class":"QueueBus::Worker","args":["{\"bus_published_at\":1795254919,\"bus_event_type\":\"page_seen\","#
                + #"\"bus_id\":\"1795254919-86ec067e-3c50-436d-933e-8e14\#(Self.padded(number, to: 8))\","#
                + #"\"bus_app_hostname\":\"web-1\",\"user_id\":\#(number),\"path\":\"\#(shape.path(number))\","#
                + #"\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
            return Array(text.utf8)
        }
    }

    /// Six letters that differ from one number to the next.
    private static func letters(_ number: Int) -> String {
        var (text, rest) = ("", number)
        for _ in 0..<6 {
            text = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(rest % 26))) + text
            rest /= 26
        }
        return text
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
