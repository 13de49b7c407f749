/// An item of `delayed:<epoch>` as a scheduler moves it: the queue that it names, and the element that goes there (contract §7).
public struct DelayedItem: Hashable, Sendable {
    /// How the element is made of the item.
    public enum Element: Hashable, Sendable {
        /// The item is in Resque's own spelling: so many of its bytes, and a closing brace.
        case beginning(byteCount: Int)
        /// The item is in another spelling, or in another order: these bytes.
        case rewritten([UInt8])
    }

    /// Without namespace and `queue:`; never empty.
    public let queue: String
    /// The item without its member `queue`, byte for byte as Ruby writes it again.
    public let element: Element

    /// Reads an item as resque-scheduler does: arguments that are no array are one argument, missing ones are none, and a
    /// `custom_job_class`, which no scheduler of ours can load, is the class that is pushed.
    ///
    /// - Throws: ``Poison`` for what is not JSON that Ruby can read and write again, is no object, or names no class or no
    ///   queue. Ruby logs such an item and drops it.
    public init(_ item: UnsafeRawBufferPointer) throws(Poison) {
        if let (queue, byteCount) = Self.parts(ofCanonical: item) {
            self.queue = String(decoding: item[queue], as: UTF8.self)
            element = .beginning(byteCount: byteCount)
            return
        }
        let json: JSONValue
        do throws(JSONParseError) {
            json = try JSONValue.parse(item)
        } catch {
            throw .unreadable(error, exception: "Resque::Helpers::DecodeException", what: "the delayed item")
        }
        guard json.members != nil else { throw .notAJob(json) }
        guard let className = Self.className(of: json) else { throw .noClass }
        guard let queue = json["queue"]?.string, !queue.isEmpty else { throw .noQueue }
        let job = JobPayload(className: className, arguments: Self.arguments(of: json))
        do throws(JSONEncodingError) {
            let bytes = try job.encoded()
            let isCanonical = try job.encoded(waitingFor: queue).elementsEqual(item)
            element = isCanonical ? .beginning(byteCount: bytes.count - 1) : .rewritten(bytes)
        } catch {
            throw Poison(
                exception: "JSON::GeneratorError", message: "the delayed item cannot be written again: \(error)")
        }
        self.queue = queue
    }

    /// Reads an item; see ``init(_:)-(UnsafeRawBufferPointer)``.
    public init(_ item: [UInt8]) throws(Poison) {
        self = try item.withUnsafeBufferPointer { (bytes) throws(Poison) in
            try Self(UnsafeRawBufferPointer(bytes))
        }
    }

    /// The element that is pushed.
    ///
    /// - Parameter item: what this was read from.
    public func pushed(from item: [UInt8]) -> [UInt8] {
        switch element {
        case .beginning(let byteCount): item[..<byteCount] + [.closeBrace]
        case .rewritten(let bytes): bytes
        }
    }

    private static func className(of json: JSONValue) -> String? {
        if let custom = json["custom_job_class"]?.string, !custom.isEmpty, custom != "Resque::Job" { return custom }
        guard let name = json["class"]?.string, !name.isEmpty else { return nil }
        return name
    }

    private static func arguments(of json: JSONValue) -> [JSONValue] {
        switch json["args"] {
        case nil, .null, .bool(false): []
        case .array(let arguments): arguments
        case let single?: [single]
        }
    }
}

extension DelayedItem {
    /// Where the queue's name is, and how many bytes stand before the member `queue`, in an item of ASCII in Ruby's own spelling
    /// whose arguments are texts: every event and every retry of the bus. Nil for any other item: the parser judges it.
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
