/// The names of every Redis key the bus uses, below one namespace.
@usableFromInline package struct BusKeys: Hashable, Sendable {
    /// Resque's namespace without the colon; empty for none.
    package let namespace: String
    /// In which lists failures are kept.
    package let failureBackend: FailureBackend
    /// What all keys begin with.
    package let prefix: String

    /// - Parameters:
    ///   - namespace: default `resque`; empty means that keys have no prefix.
    ///   - failureBackend: default: the one that is in use.
    package init(namespace: String = "resque", failureBackend: FailureBackend = .found) {
        self.namespace = namespace
        self.failureBackend = failureBackend
        prefix = namespace.isEmpty ? "" : namespace + ":"
    }

    /// Any key by its name below the namespace.
    package func key(_ name: String) -> String { prefix + name }

    // Resque's own keys (contract §1).

    /// Set of the names of all queues.
    package var queues: String { key("queues") }
    /// List of jobs of one queue.
    package func queue(_ name: String) -> String { prefix + "queue:" + name }
    /// List of failure entries.
    package var failed: String { key(Self.failedName) }
    /// The name of ``failed`` without the namespace.
    package static let failedName = "failed"
    /// Set of the names, without the namespace, of the lists in which RedisMultiQueue keeps failures by queue.
    package var failedQueues: String { key("failed_queues") }
    /// The name of such a list.
    package static func failedName(of queue: String) -> String { queue + "_failed" }
    /// Set of worker ids.
    package var workers: String { key("workers") }
    /// What a worker has in hand.
    package func worker(_ id: String) -> String { prefix + "worker:" + id }
    /// When a worker was started.
    package func workerStarted(_ id: String) -> String { prefix + "worker:" + id + ":started" }
    /// Hash of worker id to the time it was last seen.
    package var workerSigns: String { key("workers:heartbeat") }
    /// `true` here stops every worker and driver.
    package var pauseAllWorkers: String { key("pause-all-workers") }
    /// A counter of all workers: `processed` or `failed`.
    package func stat(_ name: String) -> String { prefix + "stat:" + name }
    /// A counter of one worker.
    package func stat(_ name: String, worker id: String) -> String { prefix + "stat:" + name + ":" + id }

    // The bus's keys.

    /// Set of application keys.
    package var apps: String { key("bus_apps") }
    /// What the key of every application's hash begins with; also what client tracking watches, together with
    /// `bus_apps`.
    package var appPrefix: String { key("bus_app") }
    /// Hash of an application's subscriptions, by its normalised key.
    package func app(_ appKey: String) -> String { prefix + "bus_app:" + appKey }
    /// Hash under which an application's new subscriptions are gathered before they replace the old ones.
    package func temporaryApp(_ appKey: String, number: Int) -> String {
        prefix + "temp_bus_app:" + appKey + ":" + String(number)
    }
    /// What the keys of temporary hashes begin with.
    package var temporaryAppsPrefix: String { key("temp_bus_app:") }
    /// Epoch second at which the heartbeat's lock ends.
    package var busHeartbeatLock: String { key("bus:heartbeat:lock") }
    /// The last epoch minute for which a heartbeat was published.
    package var busHeartbeatTimestamp: String { key("bus:heartbeat:timestamp") }

    // Delayed jobs (resque-scheduler).

    /// Sorted set of the epoch seconds that have delayed jobs.
    package var delayedSchedule: String { key("delayed_queue_schedule") }
    /// List of the jobs delayed until `epoch`.
    package func delayed(_ epoch: Int) -> String { key(Self.delayedName(epoch)) }
    /// What `timestamps:` sets hold: the list's name without the namespace.
    package static func delayedName(_ epoch: Int) -> String { "delayed:" + String(epoch) }
    /// What the keys of all delayed lists begin with.
    package var delayedPrefix: String { key("delayed:") }
    /// What the keys of the sets begin with that tell where a job is delayed; the job's text follows.
    package var timestampsPrefix: String { key("timestamps:") }
    /// Set of the delayed lists that hold this very job text.
    package func timestamps(_ job: String) -> String { timestampsPrefix + job }
    /// The scheduler's lock; redis-namespace adds the namespace a second time (contract §7).
    package var schedulerLock: String { schedulerLock(prefix: "") }
    /// The lock of the schedulers that were started with this `RESQUE_SCHEDULER_MASTER_LOCK_PREFIX`; empty for none.
    package func schedulerLock(prefix lockPrefix: String) -> String {
        prefix + key((lockPrefix.isEmpty ? "" : lockPrefix + ":") + "resque_scheduler_master_lock")
    }

    /// Hash of schedule name to when it last fired, for resque-web.
    package var lastEnqueuedAt: String { key("delayed:last_enqueued_at") }
    /// Hash of the schedules that Ruby's and our schedulers read from Redis: name to JSON.
    package var persistentSchedules: String { key("persistent_schedules") }
    /// Set of the names of schedules that the leader shall read anew.
    package var schedulesChanged: String { key("schedules_changed") }

    /// What the keys begin with under which resque-retry keeps failures of jobs that wait for a retry (contract §8).
    package var failedRetriesPrefix: String { key("failure-resque-retry:") }

    // Keys of ResqueBus before 0.4, which nothing reads any more.

    /// Set of application keys in the old format.
    package var oldApps: String { key("resquebus_apps") }
    /// Pattern that finds the old format's subscription hashes.
    package var oldAppsPattern: String { key("resquebus_app:*") }

    // BusDriver's own keys (protocol §1).

    /// A key that we add: `<namespace>:busdriver:<name>`.
    @usableFromInline package func own(_ name: String) -> String { prefix + "busdriver:" + name }
    /// Sorted set of driver id to the end of its lease, in ms of Redis' clock.
    package var drivers: String { own("drivers") }
    /// The half of a driver's or rider's lease that can be renewed when memory is full.
    package func lease(_ id: String) -> String { own("lease:" + id) }
    /// REC: the record of a driver.
    package func driver(_ id: String) -> String { own("d:" + id) }
    /// INF: one batch, claimed and not committed.
    package func inFlight(_ id: String, _ sequence: Int) -> String { own("inf:" + id + ":" + String(sequence)) }
    /// Pattern that finds in-flight lists.
    package var inFlightPattern: String { own("inf:*") }
    /// DEAD: a record under recovery.
    package func dead(_ id: String) -> String { own("dead:" + id) }
    /// Hash of the batches that had a destination of the wrong type.
    @usableFromInline package var keptBatches: String { own("fix") }
    /// FIX: one such batch.
    package func keptBatch(_ id: String, _ sequence: Int) -> String { own("fix:" + id + ":" + String(sequence)) }
    /// Hash of the digests of events in flight at a recovery, to a count; and of incoming lists, to the number of
    /// events at their head among which these may be.
    package var suspects: String { own("suspect") }
    /// Sorted set of rider id to the end of its lease, in ms of Redis' clock.
    package var riders: String { own("riders") }
    /// The record of a rider.
    package func rider(_ id: String) -> String { own("r:" + id) }
    /// The jobs of one batch that a rider has claimed and not settled.
    package func reserved(_ id: String, _ sequence: Int) -> String { own("reserved:" + id + ":" + String(sequence)) }
    /// Hash of the digests of jobs in hand at a rider's recovery, to a count; and of queues, to the number of jobs at
    /// their head among which these may be.
    package var suspectJobs: String { own("suspect:jobs") }
    /// Hash of schedule name to its last firing, what that followed from, and the first firing of an `every` schedule.
    package var scheduleFirings: String { own("cron") }
    /// Set of the names of schedules that do not fire until somebody resumes them.
    package var pausedSchedules: String { own("paused") }
    /// Hash of the schedules that the leader runs: name to where it has it from and what it is.
    package var publishedSchedules: String { own("schedules") }
    /// Remembers a job that shall be pushed once, by the digest of its queue and text.
    package func reminder(_ digest: String) -> String { own("once:" + digest) }
    /// The lease of somebody who watches events pass, by the random part of its application's name.
    package func tailLease(_ random: String) -> String { own("tail:" + random) }
    /// What the keys begin with of the lists that hold one event or job each, which is too large to be loaded.
    package var oversizedPrefix: String { own("oversized:") }
    /// The list of one event or job: what a driver or a rider set aside instead of claiming it as batch `sequence`.
    package func oversized(_ id: String, _ sequence: Int) -> String { oversizedPrefix + id + ":" + String(sequence) }
    /// List of entries that wait until `failed` is a list.
    package var waitingFailures: String { own("failed") }
    /// Channel on which a driver hears its own barriers.
    package func barrier(_ id: String) -> String { own("barrier:" + id) }
}
