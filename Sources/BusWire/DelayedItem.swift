/// An item of `delayed:<epoch>` as a scheduler moves it: the queue that it names, and the element that goes there
/// (contract §7).
package struct DelayedItem: Hashable, Sendable {
    /// How the element is made of the item.
    package enum Element: Hashable, Sendable {
        /// The item is in Resque's own spelling: so many of its bytes, and a closing brace.
        case beginning(byteCount: Int)
        /// The item is in another spelling, or in another order: these bytes.
        case rewritten([UInt8])
    }

    /// Without namespace and `queue:`; never empty.
    package let queue: String
    /// The item without its member `queue`, byte for byte as Ruby writes it again.
    package let element: Element

    /// Reads an item as resque-scheduler does: arguments that are no array are one argument, missing ones are none, and
    /// a `custom_job_class`, which no scheduler of ours can load, is the class that is pushed.
    ///
    /// - Throws: ``Poison`` for what is not JSON that Ruby can read and write again, is no object, or names no class or
    ///   no queue. Ruby logs such an item and drops it.
    package init(_ item: UnsafeRawBufferPointer) throws(Poison) {
        if let (queue, byteCount) = Self.parts(ofCanonical: item) {
            self.queue = String(decoding: item[queue], as: UTF8.self)
            element = .beginning(byteCount: byteCount)
            return
        }
        let written: CanonicalJSON
        do throws(JSONParseError) {
            written = try CanonicalJSON(item, as: .rubyJSON)
        } catch {
            throw .unreadable(error, exception: "Resque::Helpers::DecodeException", what: "the delayed item")
        }
        (queue, element) = try written.text.withUnsafeBufferPointer { (text) throws(Poison) in
            try Self.parts(ofRewritten: UnsafeRawBufferPointer(text), from: item)
        }
    }

    /// Reads an item; see ``init(_:)-(UnsafeRawBufferPointer)``.
    package init(_ item: [UInt8]) throws(Poison) {
        self = try item.withUnsafeBufferPointer { (bytes) throws(Poison) in
            try Self(UnsafeRawBufferPointer(bytes))
        }
    }

    /// The element that is pushed.
    ///
    /// - Parameter item: what this was read from.
    package func pushed(from item: [UInt8]) -> [UInt8] {
        switch element {
        case .beginning(let byteCount): item[..<byteCount] + [.closeBrace]
        case .rewritten(let bytes): bytes
        }
    }
}

extension DelayedItem {
    /// - Parameters:
    ///   - text: the item as Ruby writes it.
    ///   - item: as it was read.
    private static func parts(
        ofRewritten text: UnsafeRawBufferPointer, from item: UnsafeRawBufferPointer
    ) throws(Poison) -> (queue: String, element: Element) {
        let outline: JobOutline
        do throws(JSONParseError) {
            outline = try JobOutline(text)
        } catch {
            preconditionFailure("rewritten text is readable: \(error)")
        }
        guard outline.sort == .object else { throw .notAJob(outline.sort.example) }
        let custom = outline.customClass.flatMap { name in
            text[name.place].elementsEqual(#""Resque::Job""#.utf8) ? nil : nonemptyText(name)
        }
        guard let className = custom ?? outline.className.flatMap(nonemptyText) else { throw .noClass }
        guard let queue = outline.queue.flatMap(nonemptyText) else { throw .noQueue }

        var job: [UInt8] = []
        job.append(#"{"class":"#)
        job.append(contentsOf: text[className])
        job.append(#","args":"#)
        try append(outline, text, to: &job)
        var waiting = job
        waiting.append(#","queue":"#)
        waiting.append(contentsOf: text[queue])
        waiting.append(.closeBrace)
        let name = text.withJSONString(at: queue) { String(decoding: $0, as: UTF8.self) }
        if waiting.elementsEqual(item) { return (name, .beginning(byteCount: job.count)) }
        return (name, .rewritten(job + [.closeBrace]))
    }

    private static func nonemptyText(_ part: JobOutline.Part) -> Range<Int>? {
        part.sort == .string && part.place.count > 2 ? part.place : nil
    }

    /// Appends the arguments as an array.
    private static func append(
        _ outline: JobOutline, _ text: UnsafeRawBufferPointer, to job: inout [UInt8]
    ) throws(Poison) {
        guard let arguments = outline.arguments, arguments.sort != .null, arguments.sort != .false else {
            return job.append("[]")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: text[arguments.place])
        if outline.hasInfinity, let number = CanonicalJSON(known: bytes).infiniteNumber {
            let error = JSONEncodingError(number: number)
            throw Poison(
                exception: "JSON::GeneratorError", message: "the delayed item cannot be written again: \(error)")
        }
        if arguments.sort != .array { job.append(.openBracket) }
        job.append(contentsOf: bytes)
        if arguments.sort != .array { job.append(.closeBracket) }
    }
}

extension DelayedItem {
    /// Where the queue's name is, and how many bytes stand before the member `queue`, in an item of ASCII in Ruby's own
    /// spelling whose arguments are texts: every event and every retry of the bus. Nil for any other item: the parser
    /// judges it.
    private static func parts(
        ofCanonical item: UnsafeRawBufferPointer
    ) -> (queue: Range<Int>, byteCount: Int)? {
        var scan = CanonicalScan(bytes: item)
        guard scan.skip(#"{"class":"#), scan.skipText(), scan.skip(#","args":["#) else { return nil }
        if !scan.skip("]") {
            repeat {
                guard scan.skipText() else { return nil }
            } while scan.skip(",")
            guard scan.skip("]") else { return nil }
        }
        let byteCount = scan.index
        guard scan.skip(#","queue":"#) else { return nil }
        let start = scan.index + 1
        guard scan.skipText() else { return nil }
        let queue = start..<scan.index - 1
        guard scan.skip("}"), scan.index == item.count else { return nil }
        let classIsEmpty = item[#"{"class":""#.utf8.count] == .quote
        // An escaped name is not the one that stands there.
        guard !classIsEmpty, !queue.isEmpty, !item[queue].contains(.backslash) else { return nil }
        return (queue, byteCount)
    }
}

/// Passes over JSON that a Ruby process has written, and stops at anything that it may have written otherwise.
private struct CanonicalScan {
    let bytes: UnsafeRawBufferPointer
    var index = 0

    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        index += count
        return true
    }

    /// A string of ASCII, with its quotes.
    mutating func skipText() -> Bool {
        guard index < bytes.count, bytes[index] == .quote else { return false }
        var position = index + 1
        while position < bytes.count {
            switch bytes[position] {
            case .quote:
                index = position + 1
                return true
            case .backslash:
                guard position + 1 < bytes.count, Self.isEscape(bytes[position + 1]) else { return false }
                position += 2
            case 0x20..<0x80: position += 1
            default: return false
            }
        }
        return false
    }

    /// Whether Ruby writes a backslash before this letter, and means what it stands for.
    private static func isEscape(_ letter: UInt8) -> Bool {
        switch letter {
        case .quote, .backslash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            true
        default: false
        }
    }
}
