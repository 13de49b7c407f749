import RedisTestSupport

/// A regular expression on `text` that was made to do harm, and texts that it does its worst on. None matches any of
/// them.
struct HostileSubscription: Sendable {
    /// What becomes of the copies that hang on it.
    enum Fate {
        /// Its pattern has an answer for every text, however late.
        case judged
        /// Some texts take longer than a pattern may take.
        case gaveUp
        /// Nobody can judge it, whatever the text.
        case neverJudged
    }

    /// Its key; its application has the same name.
    let key: String
    let pattern: String
    let fate: Fate

    private init(_ key: String, _ fate: Fate, _ pattern: String) {
        (self.key, self.fate, self.pattern) = (key, fate, pattern)
    }

    /// The record, which names no attribute but `text`, so that every event hangs on it.
    var record: String {
        var escaped: [UInt8] = []
        for byte in pattern.utf8 {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") { escaped.append(UInt8(ascii: "\\")) }
            escaped.append(byte)
        }
        return #"{"queue_name":"hostile_default","key":"\#(key)","class":"::QueueBus::Rider","matcher":{"text":""#
            + String(decoding: escaped, as: UTF8.self) + #""}}"#
    }

    /// How entries of `failed` name it.
    var name: String { "\(key)/\(key)" }

    /// Writes the record as Ruby does.
    func add(_ redis: RawRedis) throws {
        try redis.call("HSET", "resque:bus_app:\(key)", key, record)
        try redis.call("SADD", "resque:bus_apps", key)
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    /// Groups of which each calls the one before it twice: `2^count` calls.
    private static func ladder(_ count: Int) -> String {
        (0..<count).map { "(?<a\($0)>" + ($0 == 0 ? "x" : times(2, "\\g<a\($0 - 1)>")) + "){0}" }.joined()
            + "\\g<a\(count - 1)>"
    }

    /// 10 MB, which a build without optimisation takes many seconds to read.
    private static let large = BusDriverProcess.isOptimised ? 10_000_000 : 1_000_000

    /// Faults F1 to F6 as they were found, and their kind.
    static let all = [
        Self("f1_open", .neverJudged, "(?-mix:" + times(87_500, "[")),
        Self("f1_closed", .neverJudged, "(?-mix:" + times(87_500, "[") + times(87_500, "]") + ")"),
        Self("f1_refused", .judged, "(?-mix:" + times(60_000, "[")),
        Self("f2_25", .gaveUp, "(?-mix:" + ladder(25) + ")"),
        Self("f2_60", .gaveUp, "(?-mix:" + ladder(60) + ")"),
        Self("f3", .neverJudged, "(?-mix:" + times(20_000, "[[:alpha:]]") + ")"),
        Self("f3_read", .gaveUp, "(?-mix:" + times(5_900, "[[:alpha:]]") + "!)"),
        Self("f4", .judged, "(?-mix:^(?:(?=.*b).)*\\b\\B)"),
        Self("f5", .judged, "(?-mix:\\X\\b\\B)"),
        Self("f6_text", .neverJudged, times(large / 10, "a")),
        Self("f6_letters", .neverJudged, "(?-mix:" + times(large, "a") + ")"),
        Self("f6_alternatives", .neverJudged, times(large / 40, "(a|b")),
        Self("nested_quantifiers", .judged, "(?-mix:^(?:(?:a+)+)+q$)"),
        Self("references", .judged, "(?-mix:^(a|aa|aaa)*\\1q)"),
        Self("three_references", .judged, "(?-mix:(.*)(.*)(.*)\\1\\2\\3q)"),
        Self("negative_look_aheads", .judged, "(?-mix:^(?:(?!(?:a*)*q)a)*q$)"),
        Self("repetitions", .judged, "(?-mix:(?:(?:a{1,30}){1,30}){1,30}q)"),
    ]

    /// Each begins with an a or an x.
    static let texts = [
        times(300, "x"), times(40, "a") + "!", "a" + times(20_000, "\u{301}"), times(20_000, "a\u{301}"),
        times(20_000, "a") + "b", times(100_000, "a") + "b", times(400_000, "a") + "b",
    ]
}
