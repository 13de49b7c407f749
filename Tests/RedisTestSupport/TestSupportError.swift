import Glibc

/// Something that a test relies on is not there or did not answer.
public struct TestSupportError: Error, CustomStringConvertible {
    /// What was tried and what came back.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }

    init(_ action: String, errno code: CInt) {
        description = "\(action): \(String(cString: strerror(code)))"
    }
}
