import Synchronization

/// What was noted, in order. All members may be called from any thread.
public final class Recorded<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    public init() {}

    public func add(_ value: Value) { values.withLock { $0.append(value) } }

    public var all: [Value] { values.withLock { $0 } }

    public var count: Int { all.count }
}
