package import BusProtocol
import Logging
package import RedisConnection

/// A role that is registered in Redis under a lease, and that others recover when the lease has run out: a driver or a
/// rider (protocol §2.2, §4).
package protocol LeasedRole: Role where Connections: ControlledConnections {
    /// What one incarnation says to Redis.
    associatedtype Commands: LeaseCommands

    /// What the log says of it.
    static var leaseWords: LeaseWords { get }
    /// How long its lease runs.
    var lease: Duration { get }
    var registration: Registration<Commands> { get }

    /// One command that puts into `workers` what resque-web lists of it; its reply says how much was missing.
    var listing: RedisPipeline { get }
    /// What puts back the rest of what was missing there.
    func comeback() -> RedisPipeline
    /// A renewal of the lease was sent.
    ///
    /// - Parameter isFull: of both its halves.
    func leaseRenewalSent(isFull: Bool)

    /// Every id of the registry, with what is left of its lease.
    func registeredLeases(_ session: Connections) async throws(RedisError) -> [RegisteredLease]
    /// Gives back what a dead one held; it is not this one.
    func recoverDead(_ id: String, _ session: Connections) async throws(RedisError)
    /// Those that are dead were recovered as far as Redis lets: what comes with each look.
    func deadAreRecovered(_ session: Connections) async throws(RedisError)
}

/// Connections of which one asks for and hears what concerns the role itself.
package protocol ControlledConnections: RoleConnections {
    /// Registration, lease, recovery, the clock; change tracking hangs on it.
    var control: any RedisClient { get }
    /// Hears what Redis announces.
    var changes: any ChangeFeed { get }
    /// That connection's client id, to which tracking redirects; nil where the user may not ask for it.
    var changesID: Int? { get }
}

/// What the log says of a role under a lease.
package struct LeaseWords: Sendable {
    /// `driver` or `rider`.
    package let name: String
    /// Redis refuses what resque-web would show.
    package let unlisted: StaticString
    /// Redis refuses to note that a signal has paused it.
    package let pauseUnseen: StaticString
    /// Redis refuses to tell who is dead.
    package let deadUnknown: StaticString
    /// Redis refuses to recover one that is dead.
    package let deadRemains: StaticString

    package init(
        name: String, unlisted: StaticString, pauseUnseen: StaticString, deadUnknown: StaticString,
        deadRemains: StaticString
    ) {
        self.name = name
        self.unlisted = unlisted
        self.pauseUnseen = pauseUnseen
        self.deadUnknown = deadUnknown
        self.deadRemains = deadRemains
    }
}

/// What a role remembers of its registration. Confined to the role.
package final class Registration<Commands: LeaseCommands> {
    /// Those of the present incarnation; nil while it is not registered.
    package var commands: Commands?
    /// Told to pause, by a signal.
    package var isPausedBySignal = false
    /// Told to pause, by the key `pause-all-workers`.
    fileprivate var isPausedByKey = false
    /// What the record says of that.
    fileprivate var isPauseShown = false
    fileprivate var renewals = 0
    /// Redis' clock, by which leases end.
    package var clock = RedisClock()
    /// When the incarnation was registered, as Ruby writes it.
    package var started = ""
    /// Another took over, Redis' history lost a part, or the record is not believed: the own id must be recovered before
    /// a new one is registered.
    package var startsAfresh = false

    package init() {}

    /// From now on scripts are called by text: the server has forgotten them.
    package func forgetDigests() { commands?.forgetDigests() }

    /// The next record is a new one.
    package func isForgotten() {
        commands = nil
        isPauseShown = false
        startsAfresh = false
    }
}

extension LeasedRole {
    /// Those of the present incarnation; nil while it is not registered.
    package var commands: Commands? { registration.commands }

    /// How often the lease is renewed.
    package var renewalInterval: Duration { Lease.renewalInterval(of: lease) }

    /// Keeps the lease and the entry in `workers`, and looks for the dead, for as long as this session lasts.
    package func stayRegistered(nextLookForTheDead: Duration) {
        every(renewalInterval) { $0.renewLease() }
        every(Lease.listingInterval(lease: lease)) { $0.stayListed() }
        lookForTheDead(after: nextLookForTheDead)
    }

    /// Renews the lease: mostly the cheap half, each third time both.
    package func renewLease() {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        let isFull = registration.renewals % 3 == 0
        registration.renewals += 1
        if isFull { commands.appendRenewal(to: &pipeline) } else { commands.appendKeyRenewal(to: &pipeline) }
        ask(session.control, pipeline) { $0.leaseAnswered($1[0]) }
        showPause()
        leaseRenewalSent(isFull: isFull)
    }

    private func leaseAnswered(_ reply: RedisReply) {
        if reply.string == "FENCED" {
            end(.fenced(reason: "it ran out and another \(Self.leaseWords.name) took over; registering anew"))
        } else if reply.integer == 0 {
            registration.renewals = 0
        } else if let refusal = reply.errorReply {
            if refusal.isPassing { return end(.lost(.refusal(refusal))) }
            if refusal.kind == .noScript { registration.forgetDigests() }
            complaints.report("the heartbeat is refused", refusal)
        }
    }

    /// Shows in the record whether a signal has paused this role; until Redis has taken it, with each renewal of the
    /// lease again.
    package func showPause() {
        let isPaused = registration.isPausedBySignal
        guard registration.isPauseShown != isPaused, let session, let commands, isOpen else { return }
        var pipeline = RedisPipeline()
        commands.appendPause(isPaused, to: &pipeline)
        ask(session.control, pipeline) { role, replies in
            if let refusal = replies[0].errorReply {
                role.complaints.report(Self.leaseWords.pauseUnseen, refusal)
            } else if replies[0].string == "OK" {
                role.registration.isPauseShown = isPaused
            }
        }
    }

    /// Whether `pause-all-workers` was set when this role last looked.
    package var isPausedByKey: Bool { registration.isPausedByKey }

    /// The role has looked whether that key is set. Logs what is new.
    ///
    /// - Returns: whether it is.
    @discardableResult
    package func notePause(_ isPaused: Bool, by key: String) -> Bool {
        guard isPaused != isPausedByKey else { return false }
        registration.isPausedByKey = isPaused
        life.logger.notice(isPaused ? "paused by a key" : "resumed: the key is gone", metadata: ["key": "\(key)"])
        return true
    }

    // MARK: - What resque-web shows

    /// Comes back to `workers` when somebody has removed this role's entries: a Ruby worker that cleans up, an
    /// operator, or whoever has recovered an older incarnation of this process and took the names out late.
    private func stayListed() {
        guard let session, commands != nil else { return }
        ask(session.control, listing) { role, replies in
            role.reportView(replies)
            guard let missing = replies[0].integer, missing > 0 else { return }
            role.ask(session.control, role.comeback()) { $0.reportView($1) }
        }
    }

    /// What resque-web shows may be refused for now.
    package func reportView(_ replies: RedisReplies) {
        guard let refusal = replies.firstError, !refusal.isPassing else { return }
        complaints.report(Self.leaseWords.unlisted, refusal)
    }

    // MARK: - The dead

    /// Looks for those whose lease ran out, and again when the next one will.
    private func lookForTheDead(after delay: Duration) {
        scheduleTask(after: delay) { role in
            guard let session = role.session, role.isOpen else { return }
            do throws(RedisError) {
                let wait = try await role.recoverTheDead(session)
                role.lookForTheDead(after: wait)
            } catch {
                guard error.isRefusedForGood else { return role.end(.lost(error)) }
                role.complaints.report(Self.leaseWords.deadUnknown, error)
                role.lookForTheDead(after: role.lease)
            }
        }
    }

    /// Recovers everyone whose lease ran out. One whom Redis refuses to recover, as it does for a key of another type,
    /// is tried again with the next look.
    ///
    /// - Returns: when to look again.
    package func recoverTheDead(_ session: Connections) async throws(RedisError) -> Duration {
        let leases = try await registeredLeases(session)
        let own = commands?.id
        for dead in leases where dead.remaining <= .zero && dead.id != own {
            if let doubt = dead.doubt { complaints.report(doubt) }
            do throws(RedisError) {
                try await recoverDead(dead.id, session)
            } catch {
                guard error.isRefusedForGood else { throw error }
                complaints.report(Self.leaseWords.deadRemains, error)
            }
        }
        try await deadAreRecovered(session)
        return Lease.untilNextLook(at: leases, own: own, lease: lease)
    }
}
