import BusWire
import Crypto

/// The name of the counter under which resque-retry keeps a job's attempts: `resque-retry:<Class>[:<sha1>]`
/// (contract §8).
///
/// Jobs with the same class and arguments share it.
package struct RetryKey: Hashable, Sendable {
    /// Below the namespace.
    package let name: String

    /// The name under which resque-web finds the last failure of a job that waits for its retry. Below the namespace.
    package var failureName: String { "failure-" + name }

    /// - Parameters:
    ///   - className: the job's class as the element names it.
    ///   - arguments: what Ruby's `args.join("-")` gives; for jobs of the bus the inner JSON.
    package init(className: String, arguments: String) {
        let className = RubyConstant.name(spelled: className).utf8
        let byteCount =
            Self.prefix.utf8CodeUnitCount + className.count + (arguments.isEmpty ? 0 : 1 + Self.digestByteCount)
        name = String(unsafeUninitializedCapacity: byteCount) { text in
            var end = 0
            func append(_ byte: UInt8) {
                text[end] = byte
                end += 1
            }
            for byte in UnsafeBufferPointer(start: Self.prefix.utf8Start, count: Self.prefix.utf8CodeUnitCount) {
                append(byte)
            }
            for byte in className where !Self.isWhitespace(byte) { append(byte) }
            guard !arguments.isEmpty else { return end }
            append(UInt8(ascii: ":"))
            Self.digest(of: arguments).withUnsafeBytes { digest in
                for byte in digest {
                    append(Self.hexDigit(byte >> 4))
                    append(Self.hexDigit(byte & 15))
                }
            }
            return end
        }
    }

    private static let prefix: StaticString = "resque-retry:"
    private static let digestByteCount = 2 * Insecure.SHA1.byteCount

    private static func digest(of text: String) -> Insecure.SHA1.Digest {
        var text = text
        var hasher = Insecure.SHA1()
        text.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
    }

    /// What Ruby's `\s` matches.
    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    package static func == (left: RetryKey, right: RetryKey) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var name = name
        name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
