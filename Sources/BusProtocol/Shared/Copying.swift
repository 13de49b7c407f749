/// How a claim copies elements inside Redis.
package enum Copying: String, Sendable {
    /// `SORT … STORE`: a quarter of the cost, but in the ACL category `@dangerous`.
    case sort
    /// `LRANGE` and `RPUSH` in chunks, where ``CopyingTrial`` found that `SORT` does not serve.
    case copy
}
