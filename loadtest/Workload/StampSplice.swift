import BusWire

/// Puts a stamp into an element that somebody else made, which stays as it is but for that.
struct StampSplice {
    /// The element with room for a stamp.
    let bytes: [UInt8]
    /// Where the stamp is to be written.
    let stampStart: Int

    private static let placeholder = {
        var bytes: [UInt8] = []
        EventStamp(run: "00000000").append(0, to: &bytes)
        return bytes
    }()
    /// The event ends at the last closing brace or at the one before, but texts behind it may have braces too.
    private static let mostAttempts = 16

    /// An event with the stamp as its last attribute; nil where the scanner finds no place for one.
    init?(intoEvent element: [UInt8], scan: EventScan) {
        let name = EventStamp.attribute
        let stamp = String(decoding: Self.placeholder, as: UTF8.self)
        // In the event's JSON within a string, and in an event that stands as an object.
        let attributes = [#",\"\#(name)\":\"\#(stamp)\""#, #","\#(name)":"\#(stamp)""#].map { Array($0.utf8) }
        let ends = element.indices.reversed().lazy.filter { element[$0] == UInt8(ascii: "}") }
        for end in ends.prefix(Self.mostAttempts) {
            for attribute in attributes {
                let bytes = element[..<end] + attribute + element[end...]
                guard Self.isStamped(Array(bytes), scan), let place = attribute.firstRange(of: Self.placeholder) else {
                    continue
                }
                self.bytes = Array(bytes)
                stampStart = end + place.lowerBound
                return
            }
        }
        return nil
    }

    /// An element that is no event, with the stamp in front: whatever follows, that is no JSON.
    init(beforeMalformed element: [UInt8]) {
        bytes = Self.placeholder + [UInt8(ascii: " ")] + element
        stampStart = 0
    }

    /// Whether the driver sees the placeholder as an attribute of the event.
    private static func isStamped(_ element: [UInt8], _ scan: EventScan) -> Bool {
        element.withUnsafeBytes { bytes in
            guard case .event = scan.scan(bytes).published else { return false }
            return scan.members.indices.contains { member in
                var (key, text): ([UInt8], [UInt8]) = ([], [])
                scan.appendKey(of: member, to: &key)
                scan.appendText(of: member, to: &text)
                return key.elementsEqual(EventStamp.attribute.utf8) && text == placeholder
            }
        }
    }
}

extension Incoming {
    /// An event also for one that is to be published first.
    var published: Incoming { self == .publisher ? .event : self }
}
