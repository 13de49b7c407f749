extension EventScan {
    /// The decoded bytes between the quotes, or the text, of a member's value.
    private func valueBytes(_ member: EventMember) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(member.valueStart)..<Int(member.valueEnd)])
    }

    private func keyBytes(_ member: EventMember) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(member.keyStart)..<Int(member.keyEnd)])
    }

    /// Appends the decoded name of a member.
    package func appendKey(of memberIndex: Int, to output: inout [UInt8]) {
        DoublyEscaped.decode(keyBytes(members[memberIndex]), into: &output)
    }

    /// Whether a member's decoded name is `name`.
    package func key(of memberIndex: Int, equals name: UnsafeRawBufferPointer) -> Bool {
        let member = members[memberIndex]
        if member.keyIsVerbatim { return keyBytes(member).elementsEqual(name) }
        var decoded: [UInt8] = []
        appendKey(of: memberIndex, to: &decoded)
        return decoded.elementsEqual(name)
    }

    /// Appends Ruby's `to_s` of a member's value, which is what matchers compare: decoded strings, numbers as Ruby
    /// prints them, arrays and objects by `inspect`, nothing for null.
    package func appendText(of memberIndex: Int, to output: inout [UInt8]) {
        let member = members[memberIndex]
        switch member.kind {
        case .null: break
        case .true: output.append("true")
        case .false: output.append("false")
        case .string: DoublyEscaped.decode(valueBytes(member), into: &output)
        case .integer:
            let text = valueBytes(member)
            // Ruby reads -0 as the integer 0.
            if text.count == 2, text[0] == .minus, text[1] == .zero {
                output.append(.zero)
            } else {
                output.append(contentsOf: text)
            }
        case .float:
            output.appendOutput { RubyText.writeNumber(valueBytes(member), .float, to: &$0) }
        case .array, .object:
            var inner: [UInt8] = []
            DoublyEscaped.unescapeOnce(valueBytes(member), into: &inner)
            inner.withUnsafeBytes { inner in
                do throws(JSONParseError) {
                    try JSONRewriter(inner, as: .inspection).withText { output.append(contentsOf: $0) }
                } catch {
                    preconditionFailure("a scanned value is always readable: \(error)")
                }
            }
        }
    }

    /// A member's value as a tree.
    package func value(of memberIndex: Int) -> JSONValue {
        let member = members[memberIndex]
        var inner: [UInt8] = []
        if member.kind == .string { inner.append(.quote) }
        DoublyEscaped.unescapeOnce(valueBytes(member), into: &inner)
        if member.kind == .string { inner.append(.quote) }
        do {
            return try JSONValue.parse(inner)
        } catch {
            preconditionFailure("a scanned value is always readable: \(error)")
        }
    }

    /// The whole event as a tree, in the order of its members.
    package func object() -> [JSONMember] {
        members.indices.map { index in
            var key: [UInt8] = []
            appendKey(of: index, to: &key)
            return JSONMember(String(decoding: key, as: UTF8.self), value(of: index))
        }
    }
}

/// Text inside a JSON string inside a JSON string.
enum DoublyEscaped {
    /// Appends `text` with its outer escapes resolved: the inner JSON. Only `\"` and `\\` occur in scanned text.
    static func unescapeOnce(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        append(text, to: &output) { index, output in
            if text[index] == .backslash { index &+= 1 }
            output.write(text[index])
            index &+= 1
        }
    }

    /// Appends the decoded text of a scanned string.
    static func decode(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        append(text, to: &output) { index, output in
            // `\\` is the inner backslash; what it escapes follows, with an outer backslash of its own if it is \ or ".
            index &+= 2
            if text[index] == UInt8(ascii: "u") {
                writeUnicodeEscape(in: text, at: &index, to: &output)
            } else {
                if text[index] == .backslash { index &+= 1 }
                output.write(JSONEscape.meaning(of: text[index]))
                index &+= 1
            }
        }
    }

    /// Appends `text`. What stands for itself is copied; at each backslash `writeEscape` writes what it stands for, and
    /// moves the offset behind that.
    @inline(__always)
    private static func append(
        _ text: UnsafeRawBufferPointer, to output: inout [UInt8],
        _ writeEscape: (_ index: inout Int, _ output: inout ByteOutput) -> Void
    ) {
        output.appendOutput { output in
            output.reserve(text.count)
            var index = 0
            while index < text.count {
                let run = PlainText.copy(from: text, at: index, to: output.end)
                output.advance(by: run)
                index &+= run
                guard index < text.count else { return }
                writeEscape(&index, &output)
            }
        }
    }

    private static func writeUnicodeEscape(
        in text: UnsafeRawBufferPointer, at index: inout Int, to output: inout ByteOutput
    ) {
        var scalar = hexUnit(in: text, at: index + 1)
        index += 5
        if scalar & 0xFC00 == 0xD800 {
            let low = hexUnit(in: text, at: index + 3)
            index += 7
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(scalar) else { preconditionFailure("surrogates have no UTF-8 form") }
        for byte in UTF8.encode(scalar).unsafelyUnwrapped { output.write(byte) }
    }

    private static func hexUnit(in text: UnsafeRawBufferPointer, at start: Int) -> UInt32 {
        text[start..<start + 4].reduce(0) { $0 << 4 | UInt32($1.hexDigitValue ?? 0) }
    }

    /// Appends `text` as the inside of a JSON string that itself stands inside a JSON string.
    static func append(_ text: String, to output: inout [UInt8]) {
        if JSONEscape.appendPlain(text.utf8, to: &output) { return }
        var inner: [UInt8] = []
        JSONEscape.append(text.utf8, to: &inner)
        JSONEscape.append(inner, to: &output)
    }
}
