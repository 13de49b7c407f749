package import BusWire
import RubyRegex
import Synchronization

/// All subscriptions of a registry, arranged so that an event is looked up instead of compared with each.
///
/// Immutable; share it between threads, each with its own ``MatchScratch``. It decides as Ruby's matcher does
/// (contract §4), apart from regular expressions that exceed their limits.
package final class SubscriptionIndex: Sendable {
    /// What an index is made of, for logs and metrics.
    package struct Statistics: Sendable, Equatable {
        package var subscriptions: Int
        /// Subscriptions that no event can match: without filters, or with an empty one.
        package var neverMatching: Int
        /// Subscriptions that every event has to be compared with, because all they ask is `nil`, `blank` or `.*`.
        package var residual: Int
        package var attributes: Int
        package var literals: Int
        /// Distinct regular expressions that take a search within a budget, or that nobody can judge.
        package var budgeted: Int
        /// Distinct regular expressions that automata decide.
        package var automata: Int
        /// Bytes of the tables, and of the texts they refer to.
        package var tableBytes: Int
        package var textBytes: Int
    }

    /// The subscriptions in the order given; matches are indices into them.
    package let subscriptions: [Subscription]
    package let statistics: Statistics

    /// Tells indices apart without comparing references.
    let number: UInt64
    /// Never written after `init`; freed in `deinit`.
    nonisolated(unsafe) let tables: IndexTables
    /// What patterns search for.
    let regexes: [Regex]
    /// What texts are scanned by.
    let joined: [JoinedPatterns]
    private let compiled: FilterCompiler.Library

    /// A filter that is a regular expression.
    struct Regex: Sendable {
        enum Reading: Sendable {
            case pattern(RubyPattern)
            /// Nobody can judge it, and why.
            case unjudgeable(String)
        }

        /// As stored.
        let filter: ExactString
        let reading: Reading

        var pattern: RubyPattern? {
            if case .pattern(let pattern) = reading { pattern } else { nil }
        }
    }

    private static let lastNumber = Atomic<UInt64>(0)

    /// Builds an index. Takes about half a microsecond a subscription, and the time to compile new regular expressions.
    /// - Parameters:
    ///   - subscriptions: at most 2^30.
    ///   - previous: indices whose compiled regular expressions are taken over where they still occur.
    package init(subscriptions: [Subscription], reusing previous: [SubscriptionIndex] = []) {
        precondition(subscriptions.count < 1 << 30, "an index holds at most 2^30 subscriptions")
        var builder = IndexBuilder(subscriptions: subscriptions, known: previous.map(\.compiled))
        self.subscriptions = subscriptions
        number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        regexes = builder.compiler.regexes
        compiled = builder.compiler.compiled
        (tables, joined) = builder.tables()
        statistics = Statistics(
            subscriptions: subscriptions.count, neverMatching: builder.neverMatching,
            residual: tables.residual.count, attributes: tables.attributes.count,
            literals: builder.compiler.literals.entries.count,
            budgeted: regexes.count { $0.pattern.map { $0.method == .budgeted } ?? true },
            automata: regexes.count { $0.pattern.map { $0.method == .automaton } ?? false },
            tableBytes: tables.overheadBytes, textBytes: tables.text.byteCount)
    }

    deinit { tables.deallocate() }

    /// Whether a subscription has a regular expression that takes a search of its own: all events pay for that.
    package func isBudgeted(_ subscription: Int) -> Bool {
        guard statistics.budgeted > 0 else { return false }
        return subscriptions[subscription].filters.contains { filter in
            guard case .regex(let pattern)? = compiled[ExactString(filter.pattern)]?.predicate else { return false }
            return pattern.method == .budgeted
        }
    }
}
