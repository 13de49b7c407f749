// The one file of this module that touches C. Nothing of Oniguruma shows in a signature.
internal import COniguruma

/// A regular expression that means what it means in Ruby 3.1, judged by Oniguruma.
///
/// It is immutable after compilation and may be searched from several threads, each with its own ``RegexSearcher``.
public final class RubyRegex: Sendable {
    /// Why a pattern is not a Ruby regular expression.
    public struct SyntaxError: Error, Hashable, Sendable {
        /// A sentence without the pattern, for example "end pattern with unmatched parenthesis".
        public let message: String
    }

    /// Oniguruma's `OnigRegex`. It never writes to it once it is compiled (since 6.0), which is what makes this `Sendable`.
    nonisolated(unsafe) fileprivate let handle: UnsafeMutableRawPointer

    /// An attempt to match may run over the text without being counted as backtracking: there is something that repeats.
    let mayRunFar: Bool
    /// Every match begins at the beginning of a line.
    let startsAtLine: Bool

    /// Compiles a pattern with no options, as `Regexp.new(pattern)` does.
    ///
    /// - Parameter pattern: the whole pattern text in UTF-8, anchors included.
    /// - Throws: ``SyntaxError`` when Ruby (or Oniguruma) rejects the pattern.
    public init(_ pattern: [UInt8]) throws(SyntaxError) {
        guard Self.isEngineReady else { throw SyntaxError(message: "the regular expression engine did not start") }
        let translated = try RubyPattern.translate(pattern)
        startsAtLine = translated.first == UInt8(ascii: "^") && !pattern.contains(UInt8(ascii: "|"))
        // `\g` recurses, `(?~` repeats.
        mayRunFar =
            pattern.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "{") }
            || pattern.contains(UInt8(ascii: "~")) || pattern.contains(UInt8(ascii: "g"))
        var regex: UnsafeMutableRawPointer?
        var info = OnigErrorInfo()
        let code = translated.withUnsafeBufferPointer { bytes -> Int32 in
            // An empty array has no base address; Oniguruma only compares the two ends then.
            var empty: UInt8 = 0
            return withUnsafePointer(to: &empty) { placeholder in
                let start = bytes.baseAddress ?? placeholder
                return busdriver_onig_new(&regex, start, start + bytes.count, &info)
            }
        }
        guard code == ONIG_NORMAL, let regex else {
            throw SyntaxError(message: Self.errorText(code, &info))
        }
        handle = regex
    }

    deinit { busdriver_onig_free(handle) }

    /// `onig_initialize` is not thread-safe; a global `let` runs it once.
    private static let isEngineReady = busdriver_onig_initialize() == ONIG_NORMAL

    private static func errorText(_ code: Int32, _ info: inout OnigErrorInfo) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(ONIG_MAX_ERROR_MESSAGE_LEN)) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            let length = busdriver_onig_error_text(base, code, &info)
            return String(decoding: UnsafeBufferPointer(start: base, count: Int(max(0, length))), as: UTF8.self)
        }
    }
}

/// Searches with bounded effort. It belongs to one thread at a time: Oniguruma counts inside its match parameters.
public final class RegexSearcher {
    /// How much a single search may cost before it gives up.
    public enum Effort: Sendable {
        /// About one millisecond of backtracking.
        case full
        /// About a hundredth of that, for patterns that have spent their share.
        case reduced
    }

    /// The answer of one search.
    public enum Outcome: Sendable, Equatable {
        case matched
        case unmatched
        /// The effort ran out (or memory did) before there was an answer.
        case gaveUp
    }

    private let full: OpaquePointer
    private let reduced: OpaquePointer

    /// Prepares the limits of both efforts.
    public init() {
        full = Self.parameters(retries: 60_000, stackEntries: 100_000)
        reduced = Self.parameters(retries: 600, stackEntries: 10_000)
    }

    deinit {
        onig_free_match_param(full)
        onig_free_match_param(reduced)
    }

    /// Looks for `regex` anywhere in `subject`.
    ///
    /// - Parameters:
    ///   - subject: valid UTF-8; what Oniguruma does with anything else is undefined.
    ///   - effort: the limit on backtracking, applied to the search as a whole.
    public func search(_ regex: RubyRegex, in subject: UnsafeBufferPointer<UInt8>, effort: Effort) -> Outcome {
        var empty: UInt8 = 0
        return withUnsafePointer(to: &empty) { placeholder in
            let text = subject.baseAddress ?? placeholder
            return Self.outcome(
                busdriver_onig_search(
                    regex.handle, text, text + subject.count, effort == .full ? full : reduced))
        }
    }

    /// Tries `regex` at one place of `subject`, wherever the match ends.
    ///
    /// - Parameters:
    ///   - subject: valid UTF-8, not empty.
    ///   - start: the byte offset of a character, or the length of `subject`.
    func match(
        _ regex: RubyRegex, in subject: UnsafeBufferPointer<UInt8>, at start: Int, effort: Effort
    ) -> Outcome {
        guard let text = subject.baseAddress else { return search(regex, in: subject, effort: effort) }
        return Self.outcome(
            busdriver_onig_match(
                regex.handle, text, text + subject.count, text + start, effort == .full ? full : reduced))
    }

    private static func outcome(_ result: Int32) -> Outcome {
        if result >= 0 { return .matched }
        return result == ONIG_MISMATCH ? .unmatched : .gaveUp
    }

    private static func parameters(retries: UInt, stackEntries: UInt32) -> OpaquePointer {
        guard let parameters = onig_new_match_param() else { preconditionFailure("out of memory") }
        onig_initialize_match_param(parameters)
        onig_set_retry_limit_in_match_of_match_param(parameters, retries)
        onig_set_retry_limit_in_search_of_match_param(parameters, retries)
        onig_set_match_stack_limit_size_of_match_param(parameters, stackEntries)
        return parameters
    }
}
