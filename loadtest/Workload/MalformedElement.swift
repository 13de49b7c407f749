import Glibc

/// The ways in which elements are no events. Each keeps the stamp.
enum MalformedElement: Int, CaseIterable, Sendable {
    /// The event's JSON has no end.
    case brokenInside
    /// The element's own JSON has no end.
    case truncated
    /// Text of another kind.
    case notJSON

    /// What any of them takes away at most.
    static let mostBytesLost = 2

    static func damage(for random: UInt64) -> MalformedElement {
        allCases[Int(truncatingIfNeeded: random % UInt64(allCases.count))]
    }

    /// How many bytes shorter it makes an element.
    var bytesLost: Int { self == .truncated ? Self.mostBytesLost : 0 }

    /// Damages the last `length` bytes of `element`, which are an event.
    func apply(to element: inout [UInt8], length: Int) {
        switch self {
        case .brokenInside:
            // …\"}"]} ends the event.
            element[element.count - 4] = UInt8(ascii: ",")
        case .truncated:
            element.removeLast(Self.mostBytesLost)
        case .notJSON:
            let start = element.count - length
            element.withUnsafeMutableBytes { bytes in
                let words: StaticString = "not JSON:"
                memcpy(bytes.baseAddress! + start, words.utf8Start, words.utf8CodeUnitCount)
            }
        }
    }
}
