/// A variable that is used on the loop only.
final class LoopVariable<Value>: @unchecked Sendable {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}
