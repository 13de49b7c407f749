/// What becomes of firings that were missed, since no scheduler led: the key `catch_up` of an entry.
public enum CatchUp: String, Hashable, Sendable, CaseIterable {
    /// The last of them takes place late, the others do not. The default.
    case latest
    /// All take place, in order.
    case all
    /// None takes place, as in Ruby.
    case skip
}
