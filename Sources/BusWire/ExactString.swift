/// A string that is compared and hashed by its UTF-8 bytes.
///
/// Ruby compares strings byte by byte; Swift's `String` calls canonically equivalent texts ("é" composed and
/// decomposed) equal, which would merge attribute names and subscription keys that Ruby keeps apart. Use this as a
/// dictionary key.
public struct ExactString: Hashable, Sendable {
    /// The text as it was given.
    public let text: String

    /// Wraps `text`.
    public init(_ text: String) {
        self.text = text
    }

    public static func == (left: ExactString, right: ExactString) -> Bool {
        left.text.isExactly(right.text)
    }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both texts have the same UTF-8 bytes, which is what `==` means in Ruby.
    public func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isEqual = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
