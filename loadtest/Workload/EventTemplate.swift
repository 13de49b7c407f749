import BusWire
import Glibc

/// The bytes of a published event, ready but for its type, number, note and stamp.
struct EventTemplate: Sendable {
    /// Up to the note, which brings an event to its length.
    private let head: [UInt8]
    /// From behind the note.
    private let tail: [UInt8]
    private let typeWord: Int
    private let typeDigits: Int
    private let identifierDigits: Int
    /// In `tail`.
    private let stampStart: Int
    private let filler: [UInt8]

    private static let typeDigitCount = 6
    private static let identifierDigitCount = 12
    private static let wantedWord: StaticString = "event"
    private static let unwantedWord: StaticString = "other"

    /// More event types than this cannot be told apart.
    static let mostTypes = 1_000_000

    /// The name of an event type that subscriptions ask for.
    static func typeName(_ type: Int) -> String {
        let digits = String(type)
        return "lt_\(wantedWord)_" + String(repeating: "0", count: typeDigitCount - digits.utf8.count) + digits
    }

    /// - Parameter longest: the length of the longest event to write, in bytes.
    init(longest: Int) {
        let stamp = Self.text { EventStamp(run: "00000000").append(0, to: &$0) }
        let identifier = "86ec067e-3c50-436d-933e-000000000000"
        let bytes = Self.element(type: Self.typeName(0), identifier: identifier, stamp: stamp)
        let noteStart = Self.end(of: #"\"note\":\""#, in: bytes)
        head = Array(bytes[..<noteStart])
        tail = Array(bytes[noteStart...])
        typeDigits = Self.end(of: Self.typeName(0), in: head) - Self.typeDigitCount
        typeWord = Self.end(of: "\"lt_", in: head)
        identifierDigits = Self.end(of: identifier, in: head) - Self.identifierDigitCount
        stampStart = Self.end(of: stamp, in: tail) - stamp.utf8.count
        let sentence = Array("the quick brown fox jumps over the lazy dog ".utf8)
        filler = (0..<max(0, longest - bytes.count)).map { sentence[$0 % sentence.count] }
    }

    /// The length of an event with an empty note, in bytes.
    var minimumLength: Int { head.count + tail.count }

    /// Appends an event.
    ///
    /// - Parameters:
    ///   - type: the number of its event type.
    ///   - isWanted: false for a type that no subscription asks for.
    ///   - sequence: its number, which also ends its `bus_id`.
    ///   - length: in bytes, from ``minimumLength`` to the longest.
    @inline(__always)
    func append(
        type: Int, isWanted: Bool, sequence: Int, stamp: EventStamp, length: Int, to element: inout [UInt8]
    ) {
        let start = element.count
        let noteLength = length - head.count - tail.count
        element.append(contentsOf: head)
        filler.withUnsafeBufferPointer { element.append(contentsOf: UnsafeBufferPointer(rebasing: $0[..<noteLength])) }
        element.append(contentsOf: tail)
        element.withUnsafeMutableBytes { bytes in
            let event = bytes.baseAddress! + start
            if !isWanted { memcpy(event + typeWord, Self.unwantedWord.utf8Start, Self.unwantedWord.utf8CodeUnitCount) }
            DecimalDigits.write(type, count: Self.typeDigitCount, to: event + typeDigits)
            DecimalDigits.write(sequence, count: Self.identifierDigitCount, to: event + identifierDigits)
            stamp.write(sequence, to: event + head.count + noteLength + stampStart)
        }
    }

    // MARK: Making it

    /// An event as Ruby's publish writes it, with an empty note.
    private static func element(type: String, identifier: String, stamp: String) -> [UInt8] {
        let event = PublishedEvent(
            type: .string(type),
            attributes: [
                JSONMember("user_id", .integer(4711)),
                JSONMember(
                    GeneratedSubscriptions.secondAttribute.name, .string(GeneratedSubscriptions.secondAttribute.value)),
                JSONMember("note", .string("")),
                JSONMember(EventStamp.attribute, .string(stamp)),
            ])
        let completed = event.completed(now: 1_795_254_919, uuid: identifier, hostname: "web-1")
        guard let element = try? PublishedEvent.element(of: completed) else {
            preconditionFailure("texts and whole numbers can always be written as JSON")
        }
        return element
    }

    private static func text(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func end(of text: String, in bytes: [UInt8]) -> Int {
        guard let range = bytes.firstRange(of: Array(text.utf8)) else {
            preconditionFailure("\(text) is in every event")
        }
        return range.upperBound
    }
}
