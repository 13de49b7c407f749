/// A string that is compared and hashed by its UTF-8 bytes.
///
/// Ruby compares strings byte by byte; Swift's `String` calls canonically equivalent texts ("é" composed and
/// decomposed) equal, which would merge attribute names and subscription keys that Ruby keeps apart. Use this as a
/// dictionary key.
@usableFromInline package struct ExactString: Hashable, Sendable {
    /// The text as it was given.
    package let text: String

    /// Wraps `text`.
    @usableFromInline package init(_ text: String) {
        self.text = text
    }

    @usableFromInline package static func == (left: ExactString, right: ExactString) -> Bool {
        left.text.isExactly(right.text)
    }

    /// Of a text beyond 64 KiB, which no name and no pattern that is judged has, only the ends are hashed: it costs as
    /// little as any other, however often somebody looks it up.
    @usableFromInline package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            if bytes.count <= Self.longestHashed { return hasher.combine(bytes: bytes) }
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.longestHashed / 2)))
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes.suffix(Self.longestHashed / 2)))
        }
    }

    private static let longestHashed = 64 << 10
}

extension String {
    /// Whether both texts have the same UTF-8 bytes, which is what `==` means in Ruby.
    @usableFromInline package func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isEqual = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable {
                UnsafeRawBufferPointer(bytes).isEqual(UnsafeRawBufferPointer($0))
            }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether as many bytes at another place are the same; compares eight at a time.
    fileprivate func isEqual(_ other: UnsafeRawBufferPointer) -> Bool {
        if baseAddress == other.baseAddress { return true }
        var place = 0
        while place + 8 <= count {
            let word = loadUnaligned(fromByteOffset: place, as: UInt64.self)
            if word != other.loadUnaligned(fromByteOffset: place, as: UInt64.self) { return false }
            place += 8
        }
        return self[place...].elementsEqual(other[place...])
    }
}
