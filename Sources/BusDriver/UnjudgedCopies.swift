import BusWire
import LibevExecutor

/// Keeps subscriptions that nobody can judge from filling `failed`: of each, 60 copies a minute become entries. The
/// rest are counted, and the next entry says how many they were.
///
/// A draft takes what it needs and gives it back when it is written anew, so that only what is committed counts.
///
/// `@unchecked Sendable`: everything mutable is guarded by `lock`, for drafts are written on two threads.
final class UnjudgedCopies: @unchecked Sendable {
    static let mostPerMinute = 60
    /// Beyond so many, what was counted in an earlier minute is forgotten.
    private static let mostAccounts = 10_000

    /// What is to become of a copy.
    enum Verdict: Equatable {
        /// It becomes an entry; so many before it were only counted.
        case enter(countedBefore: Int)
        case count
    }

    /// What one draft has taken.
    struct Charge {
        fileprivate var items: [(subscription: String, minute: Int, verdict: Verdict)] = []
    }

    private struct Account {
        var minute: Int
        var entered = 0
        /// Copies since the last entry that says how many they were.
        var counted = 0
    }

    private let lock = PosixMutex()
    private var accounts: [String: Account] = [:]

    /// Decides about one copy.
    /// - Parameters:
    ///   - subscription: application and key.
    ///   - now: epoch seconds.
    func take(_ subscription: String, at now: Int, charge: inout Charge) -> Verdict {
        let minute = now / 60
        let verdict = lock.withLock { () -> Verdict in
            if accounts.count >= Self.mostAccounts { accounts = accounts.filter { $0.value.minute == minute } }
            var account = accounts[subscription] ?? Account(minute: minute)
            defer { accounts[subscription] = account }
            if account.minute != minute { (account.minute, account.entered) = (minute, 0) }
            guard account.entered < Self.mostPerMinute else {
                account.counted += 1
                return .count
            }
            account.entered += 1
            defer { account.counted = 0 }
            return .enter(countedBefore: account.counted)
        }
        charge.items.append((subscription, minute, verdict))
        return verdict
    }

    /// Takes back what was decided for a draft that is not going to be committed as it is.
    func giveBack(_ charge: inout Charge) {
        if charge.items.isEmpty { return }
        lock.withLock {
            for item in charge.items.reversed() {
                guard var account = accounts[item.subscription] else { continue }
                switch item.verdict {
                case .count: account.counted -= 1
                case .enter(let countedBefore):
                    account.counted += countedBefore
                    if account.minute == item.minute { account.entered -= 1 }
                }
                accounts[item.subscription] = account
            }
        }
        charge = Charge()
    }
}
