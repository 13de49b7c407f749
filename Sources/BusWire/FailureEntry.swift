/// An entry of Resque's `failed` list (contract §6), which resque-web shows and retries.
package struct FailureEntry: Hashable, Sendable {
    /// Epoch seconds.
    package var failedAt: Int
    /// A Ruby exception class.
    package var exception: String
    /// A sentence.
    package var message: String
    /// Lines that resque-web shows below the sentence.
    package var backtrace: [String]
    /// Who failed, as a Resque worker id.
    package var worker: String
    /// The queue the element came from; resque-web pushes a retry there.
    package var queue: String

    package init(
        failedAt: Int, exception: String, message: String, backtrace: [String] = [], worker: String, queue: String
    ) {
        self.failedAt = failedAt
        self.exception = exception
        self.message = message
        self.backtrace = backtrace
        self.worker = worker
        self.queue = queue
    }

    /// The entry's JSON for `element`, members in Resque's order: JSON that every parser reads, however strict.
    ///
    /// The element is embedded byte for byte where resque-web can show and retry it so. Otherwise (not a JSON object
    /// with a class, JSON that only lenient parsers read, not UTF-8, a number beyond Double, too deep, too large) the
    /// payload is a job with the element's text, repaired and perhaps shortened, and the member `busdriver_raw` has the
    /// exact bytes in Base64.
    ///
    /// - Parameters:
    ///   - element: what failed.
    ///   - withZone: whether the time says that it is UTC, as Resque's does. What resque-retry keeps of a job that
    ///     waits for its retry does not (contract §8). Default true.
    package func encoded(for element: UnsafeRawBufferPointer, withZone: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        output.append(#"{"failed_at":"#)
        (CivilTime(epoch: failedAt).slashed + (withZone ? " UTC" : "")).encodeJSON(into: &output)
        output.append(#","payload":"#)
        let isEmbedded = EmbeddedElement.append(element, to: &output)
        for (name, text) in [(#","exception":"#, exception), (#","error":"#, message)] as [(StaticString, String)] {
            output.append(name)
            text.encodeJSON(into: &output)
        }
        output.append(#","backtrace":["#)
        for (place, line) in backtrace.enumerated() {
            if place > 0 { output.append(.comma) }
            line.encodeJSON(into: &output)
        }
        output.append("]")
        if !isEmbedded {
            output.append(#","busdriver_raw":""#)
            Base64.append(element, to: &output)
            output.append(.quote)
        }
        // The queue is last: move_failures.lua looks for it there.
        for (name, text) in [(#","worker":"#, worker), (#","queue":"#, queue)] as [(StaticString, String)] {
            output.append(name)
            text.encodeJSON(into: &output)
        }
        output.append(.closeBrace)
        return output
    }

    /// The element that an entry of the list stands for: the exact bytes where the entry has them, else class and
    /// args as Resque writes them. Nil for an entry without either.
    /// - Parameter entry: the parsed entry, ours or one that a Ruby worker wrote.
    package static func element(of entry: JSONValue) -> [UInt8]? {
        if let raw = entry["busdriver_raw"]?.string { return Base64.decode(raw) }
        guard let payload = entry["payload"], let className = payload["class"] else { return nil }
        let job = JSONValue.object([JSONMember("class", className), JSONMember("args", payload["args"] ?? [])])
        return try? job.encoded()
    }
}
