/// What one check of `busdriver doctor` found.
public struct Finding: Sendable, Hashable {
    /// How bad it is.
    public enum Verdict: String, Sendable, Hashable {
        case ok
        /// Works, but something is lost or slow one day.
        case warning
        /// Events are lost, stuck or refused.
        case problem
    }

    /// What was checked, in a word or two.
    public var name: String
    public var verdict: Verdict
    /// What was seen, in a sentence.
    public var detail: String
    /// What to do about it; nil when there is nothing to do.
    public var remedy: String?

    public init(_ name: String, _ verdict: Verdict, _ detail: String, remedy: String? = nil) {
        self.name = name
        self.verdict = verdict
        self.detail = detail
        self.remedy = remedy
    }
}
