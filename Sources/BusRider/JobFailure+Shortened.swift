extension JobFailure {
    static let longestMessage = 8 << 10
    static let longestName = 1 << 10
    static let mostBacktraceLines = 100

    /// Fit for a list that resque-web shows fifty entries at a time of: what is cut says so.
    func shortened() -> JobFailure {
        var failure = self
        failure.exception = exception.shortened(to: Self.longestName)
        failure.message = message.shortened(to: Self.longestMessage)
        failure.backtrace = backtrace.prefix(Self.mostBacktraceLines).map { $0.shortened(to: Self.longestName) }
        let missing = backtrace.count - failure.backtrace.count
        if missing > 0 { failure.backtrace.append("… (\(missing) more lines)") }
        return failure
    }
}

extension String {
    /// At most `byteCount` bytes of UTF-8 and a note of how many there were.
    fileprivate func shortened(to byteCount: Int) -> String {
        let total = utf8.count
        guard total > byteCount else { return self }
        // A range of scalars begins and ends between two of them, so no character is torn apart.
        let end = utf8.index(startIndex, offsetBy: byteCount)
        return String(unicodeScalars[..<end]) + "… (\(total) bytes)"
    }
}
