/// A job of the bus as a rider reads it: the event's JSON text, and the event.
package struct WorkerJob: Sendable {
    /// The only argument of `QueueBus::Worker`.
    package let text: String
    /// What the text says; with room for one more.
    package let members: [JSONMember]

    /// Reads an element in Ruby's own spelling in one pass, about three times as fast as parsing it and then its
    /// argument.
    ///
    /// Nil for any other element, good or bad: the parser judges it.
    package init?(_ element: [UInt8]) {
        guard element.count <= EventScan.maximumByteCount else { return nil }
        let job = element.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: EventMember.self, capacity: MemberFinder.memberLimit) { spans in
                Self.read(bytes, spans: spans)
            }
        }
        guard let job else { return nil }
        (text, members) = job
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, spans: UnsafeMutableBufferPointer<EventMember>
    ) -> (String, [JSONMember])? {
        guard let start = spans.baseAddress,
            var finder = MemberFinder(bytes, members: start, capacity: spans.count, isCanonical: false), finder.find()
        else { return nil }
        var members: [JSONMember] = []
        members.reserveCapacity(finder.count + 1)
        for span in UnsafeBufferPointer(start: start, count: finder.count) {
            members.append(JSONMember(span.key(in: bytes), span.value(in: bytes)))
        }
        // From the brace that opens the event to the one that closes it.
        let inner =
            MemberFinder.opening.utf8CodeUnitCount - 1..<bytes.count - MemberFinder.closing.utf8CodeUnitCount + 1
        return (DoublyEscaped.unescapedOnce(UnsafeRawBufferPointer(rebasing: bytes[inner])), members)
    }
}

extension EventMember {
    fileprivate func key(in bytes: UnsafeRawBufferPointer) -> String {
        Self.text(bytes[Int(keyStart)..<Int(keyEnd)], isVerbatim: keyIsVerbatim)
    }

    fileprivate func value(in bytes: UnsafeRawBufferPointer) -> JSONValue {
        let span = bytes[Int(valueStart)..<Int(valueEnd)]
        switch kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .integer, .float: return .number(Self.text(span, isVerbatim: true))
        case .string: return .string(Self.text(span, isVerbatim: valueIsVerbatim))
        case .array, .object:
            do {
                return try JSONValue.parse(DoublyEscaped.unescapedOnce(UnsafeRawBufferPointer(rebasing: span)))
            } catch {
                preconditionFailure("a scanned value is always readable: \(error)")
            }
        }
    }

    private static func text(_ span: Slice<UnsafeRawBufferPointer>, isVerbatim: Bool) -> String {
        let span = UnsafeRawBufferPointer(rebasing: span)
        guard !isVerbatim else { return String(decoding: span, as: UTF8.self) }
        var decoded: [UInt8] = []
        DoublyEscaped.decode(span, into: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }
}

extension DoublyEscaped {
    /// `text` with its outer escapes resolved: the inner JSON. Only `\"` and `\\` occur in scanned text.
    fileprivate static func unescapedOnce(_ text: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: text.count) { output in
            guard let source = text.baseAddress, let output = output.baseAddress else { return 0 }
            var count = 0
            var index = 0
            while index < text.count {
                let run = copyRun(from: source + index, most: text.count &- index, to: output + count)
                count &+= run
                index &+= run
                guard index < text.count, text[index] == .backslash else { continue }
                output[count] = text[index &+ 1]
                count &+= 1
                index &+= 2
            }
            return count
        }
    }

    /// Copies up to eight bytes, and none from the first backslash on. Returns how many; it may have written up to
    /// eight, but no more than `most`.
    @inline(__always)
    private static func copyRun(
        from source: UnsafeRawPointer, most: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard most >= 8 else {
            output.pointee = source.load(as: UInt8.self)
            return output.pointee == .backslash ? 0 : 1
        }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = source.loadUnaligned(as: UInt64.self)
        UnsafeMutableRawPointer(output).storeBytes(of: word, as: UInt64.self)
        let backslashes = UInt64(littleEndian: word) ^ ones &* UInt64(UInt8.backslash)
        // In each byte the top bit tells; a borrow can only spoil bytes above the first hit.
        let hits = (backslashes &- ones) & ~backslashes & (ones &* 0x80)
        return hits.trailingZeroBitCount >> 3
    }
}
