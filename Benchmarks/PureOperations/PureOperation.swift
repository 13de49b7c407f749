/// One of the parts that need no Redis, as something that can be repeated and measured.
package struct PureOperation: Sendable {
    /// Which part it belongs to.
    package enum Part: String, CaseIterable, Sendable {
        /// Events that are scanned already against an index.
        case match
        /// Reading an event and writing its copies.
        case wire
        /// Building the index of all subscriptions.
        case index
        /// Encoding the commit of a batch as Redis wants it.
        case resp
    }

    package let part: Part
    /// What is done, in a few words.
    package let name: String
    package let subscriptions: Int
    /// How often it is done in one measurement: enough for a steady figure, few enough for a slow processor such as
    /// valgrind's.
    package let repetitions: Int
    /// Makes what the operation works on, and gives what does it so many times.
    package let prepare: @Sendable () -> (_ times: Int) -> Void

    /// Unique: the name and the number of subscriptions.
    package var title: String { "\(name), \(subscriptions) subscriptions" }

    /// The numbers of subscriptions that everything is measured with.
    static let sizes = [1_000, 10_000, 100_000]

    /// Every operation there is.
    package static let all = matching + matchingPatterns + reading + indexing + indexingPatterns + encoding
}
