/// Why a ``TestBus`` gave up.
public struct TestBusError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence.
    public let description: String
}
