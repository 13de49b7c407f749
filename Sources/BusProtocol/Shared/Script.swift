import RedisConnection

/// A Lua script of the protocol: its text as it stands in `Scripts/`, whose header tells KEYS, ARGV, answers, cost and fence.
///
/// A script is called by digest and, after a `NOSCRIPT`, by text. Inside a `MULTI` only the text is safe: a digest that the
/// server has forgotten would fail alone while the commands around it take effect.
package struct Script: Sendable, Hashable {
    /// The name of its file, without `.lua`.
    package let name: String
    /// The text that `EVAL` takes.
    package let text: String

    /// A script that writes at most once, or asks for itself.
    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A script that asks with `refusal()` of `Scripts/ask_first.lua` before its first write.
    init(_ name: String, asking bytes: [UInt8]) {
        self.init(name, PackageResources.ask_first_lua + bytes)
    }

    /// Scripts are told apart by name; comparing and hashing the texts for every call would cost more than the call.
    package static func == (left: Script, right: Script) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Gives a driver or a rider its record and its lease.
    package static let register = Script("register", asking: PackageResources.register_lua)
    /// Renews both halves of a lease.
    package static let heartbeat = Script("heartbeat", asking: PackageResources.heartbeat_lua)
    /// Notes whether a signal has paused a driver or a rider.
    package static let markPause = Script("mark_pause", PackageResources.mark_pause_lua)
    /// Moves the next batch to an in-flight list.
    package static let claim = Script("claim", PackageResources.claim_lua)
    /// Judges a batch, as the last command but one of its `MULTI`.
    package static let fin = Script("fin", PackageResources.fin_lua)
    /// Hands over what a batch owes that `fin` kept, and ends it.
    package static let mend = Script("mend", asking: PackageResources.mend_lua)
    /// Clears the suspicion against a batch.
    package static let absolve = Script("absolve", PackageResources.absolve_lua)
    /// Gives back what a dead driver held.
    package static let recover = Script("recover", asking: PackageResources.recover_lua)
    /// Moves entries that wait to the lists of failures.
    package static let moveFailures = Script("move_failures", PackageResources.move_failures_lua)
    /// Replaces the head of the incoming list by its copies.
    package static let swap = Script("swap", PackageResources.swap_lua)

    /// Moves an event that is too large to be loaded to a list of its own.
    package static let setAside = Script("set_aside", asking: PackageResources.set_aside_lua)

    /// Moves the next jobs to a reserved list.
    package static let claimJobs = Script("claim_jobs", PackageResources.claim_jobs_lua)
    /// Draws the consequences of jobs that have ended.
    package static let settleJobs = Script("settle_jobs", PackageResources.settle_jobs_lua)
    /// Gives back what a dead rider had reserved.
    package static let recoverRider = Script("recover_rider", asking: PackageResources.recover_rider_lua)

    /// Makes a scheduler the leader.
    package static let takeLock = Script("take_lock", PackageResources.take_lock_lua)
    /// Lets it lead on.
    package static let renewLock = Script("renew_lock", PackageResources.renew_lock_lua)
    /// Lets the next one lead.
    package static let releaseLock = Script("release_lock", PackageResources.release_lock_lua)

    /// Adds or replaces one subscription.
    package static let putSubscription = Script("put_subscription", asking: PackageResources.put_subscription_lua)
    /// Retries and removes entries of a list of failures.
    package static let changeFailures = Script("change_failures", asking: PackageResources.change_failures_lua)
    /// Moves a delayed job to its queue before it falls due.
    package static let runDelayed = Script("run_delayed", asking: PackageResources.run_delayed_lua)
    /// Pushes a job that was not pushed a short while ago.
    package static let enqueueOnce = Script("enqueue_once", asking: PackageResources.enqueue_once_lua)
    /// Pushes the job of one slot of a schedule.
    package static let fire = Script("fire", asking: PackageResources.fire_lua)
    /// Notes from which slot on a schedule counts.
    package static let noteSlot = Script("note_slot", PackageResources.note_slot_lua)
    /// Keeps items whose destination is no list, or forbidden.
    package static let spareUnusable = Script("spare_unusable", PackageResources.spare_unusable_lua)
    /// Moves a delayed job that is too large to be loaded to a list of its own.
    package static let setAsideDelayed = Script("set_aside_delayed", asking: PackageResources.set_aside_delayed_lua)
    /// Takes an empty bucket out of the schedule.
    package static let tidyBucket = Script("tidy_bucket", PackageResources.tidy_bucket_lua)
    /// Publishes minutes of the bus heartbeat.
    package static let publishHeartbeats = Script("publish_heartbeats", asking: PackageResources.publish_heartbeats_lua)

    /// What a driver calls, for the start-up self-test and `doctor`.
    package static let ofDrivers = [
        register, heartbeat, claim, fin, mend, absolve, recover, swap, setAside, moveFailures,
    ]
    /// What a rider calls.
    package static let ofRiders = [register, heartbeat, claimJobs, settleJobs, recoverRider, setAside, moveFailures]
    /// What a scheduler calls often enough to have it loaded.
    package static let ofSchedulers = [fire, noteSlot]
    /// Every one.
    package static let all = [
        register, heartbeat, markPause, claim, fin, mend, absolve, recover, moveFailures, swap, setAside, claimJobs,
        settleJobs, recoverRider, takeLock, renewLock, releaseLock, spareUnusable, setAsideDelayed, tidyBucket, fire,
        noteSlot, publishHeartbeats, putSubscription, changeFailures, runDelayed, enqueueOnce,
    ]
}
