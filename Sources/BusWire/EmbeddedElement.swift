/// A job's element as a member of an object that Ruby reads: an entry of `failed`, or what a worker has in hand.
package enum EmbeddedElement {
    /// Of an element that cannot be shown as it is, this much is shown as text.
    static let readableByteCount = 64 << 10

    /// Appends the element byte for byte where every parser of JSON reads it, and resque-web can show and retry it so.
    /// Otherwise (not a JSON object with a class, JSON that only lenient parsers read, not UTF-8, a number beyond
    /// Double, too deep, too large) appends a job with the element's text, repaired and perhaps shortened.
    ///
    /// - Returns: whether it is the element itself.
    package static func append(_ element: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Bool {
        guard canBeEmbedded(element) else {
            output.append(#"{"class":"QueueBus::Worker","args":["#)
            readableText(of: element).encodeJSON(into: &output)
            output.append("]}")
            return false
        }
        output.append(contentsOf: element)
        return true
    }

    private static func canBeEmbedded(_ element: UnsafeRawBufferPointer) -> Bool {
        // One level less than allowed, for what it is embedded in is itself an object.
        element.count <= EventScan.maximumByteCount
            && StrictJSON.isJob(element, maximumDepth: JSONReader.maximumDepth - 1)
    }

    private static func readableText(of element: UnsafeRawBufferPointer) -> String {
        let shown = element.prefix(readableByteCount)
        let text = String(decoding: shown, as: UTF8.self)
        return shown.count == element.count ? text : text + "… (\(element.count) bytes)"
    }
}
