import RedisConnection

/// A Lua script of the protocol, as it stands in `Scripts/`: its head tells KEYS, ARGV, answers, cost and fence.
///
/// A script is called by digest and, after a `NOSCRIPT`, by text. Inside a `MULTI` only the text is safe: a digest that
/// the server has forgotten would fail alone while the commands around it take effect.
package struct Script: Sendable, Hashable {
    /// The name of its file, without `.lua`.
    package let name: String
    /// The text that `EVAL` takes: the script behind the fragments that its head names, all without their heads. Its
    /// first line tells readers of `SLOWLOG` and `MONITOR` which script it is. `script/join-lua` writes the same to
    /// files.
    package let text: String

    private init(_ name: String, _ source: [UInt8]) {
        self.name = name
        var text = "-- \(name).lua\n"
        var joined: Set<String> = []
        Self.append(source, to: &text, joined: &joined)
        self.text = text
    }

    /// Appends what stands below the head of a file, behind the fragments that its head names, each of them once.
    private static func append(_ source: [UInt8], to text: inout String, joined: inout Set<String>) {
        let lines = String(decoding: source, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let head = lines.prefix { $0.hasPrefix("--") }
        for line in head where line.hasPrefix("-- Needs ") {
            for name in line.dropFirst(9).split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init) {
                guard joined.insert(name).inserted else { continue }
                guard let fragment = fragments[name] else { preconditionFailure("there is no fragment \(name)") }
                append(fragment, to: &text, joined: &joined)
            }
        }
        text += lines[head.endIndex...].joined(separator: "\n")
    }

    /// What scripts share, from `Scripts/fragments`.
    private static let fragments = [
        "fits": PackageResources.fits_lua,
        "forbidden": PackageResources.forbidden_lua,
        "forbidden_on_record": PackageResources.forbidden_on_record_lua,
        "give_back": PackageResources.give_back_lua,
        "is_alive": PackageResources.is_alive_lua,
        "may": PackageResources.may_lua,
        "milliseconds": PackageResources.milliseconds_lua,
        "move_batch": PackageResources.move_batch_lua,
        "recorded": PackageResources.recorded_lua,
        "recoveries_of": PackageResources.recoveries_of_lua,
        "refusal": PackageResources.refusal_lua,
    ]

    /// Scripts are told apart by name; comparing and hashing the texts for every call would cost more than the call.
    package static func == (left: Script, right: Script) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    // MARK: - shared/

    /// Gives a driver or a rider its record and its lease.
    package static let register = Script("register", PackageResources.register_lua)
    /// Renews both halves of a lease.
    package static let renewLease = Script("renew_lease", PackageResources.renew_lease_lua)
    /// Notes whether a signal has paused a driver or a rider.
    package static let markPause = Script("mark_pause", PackageResources.mark_pause_lua)
    /// Moves an event or a job that is too large to be loaded to a list of its own.
    package static let setAside = Script("set_aside", PackageResources.set_aside_lua)
    /// Moves entries that wait to the lists of failures.
    package static let moveFailures = Script("move_failures", PackageResources.move_failures_lua)

    // MARK: - driver/

    /// Moves the next batch to an in-flight list.
    package static let claim = Script("claim", PackageResources.claim_lua)
    /// Judges a batch, as the last command but one of its `MULTI`.
    package static let fin = Script("fin", PackageResources.fin_lua)
    /// Hands over what a batch owes that `fin` kept, and ends it.
    package static let mend = Script("mend", PackageResources.mend_lua)
    /// Clears the suspicion against a batch.
    package static let absolve = Script("absolve", PackageResources.absolve_lua)
    /// Gives back what a dead driver held.
    package static let recover = Script("recover", PackageResources.recover_lua)
    /// Replaces the head of the incoming list by its copies.
    package static let swap = Script("swap", PackageResources.swap_lua)

    // MARK: - rider/

    /// Moves the next jobs to a reserved list.
    package static let claimJobs = Script("claim_jobs", PackageResources.claim_jobs_lua)
    /// Draws the consequences of jobs that have ended.
    package static let settleJobs = Script("settle_jobs", PackageResources.settle_jobs_lua)
    /// Gives back what a dead rider had reserved.
    package static let recoverRider = Script("recover_rider", PackageResources.recover_rider_lua)

    // MARK: - scheduler/

    /// Makes a scheduler the leader.
    package static let takeLock = Script("take_lock", PackageResources.take_lock_lua)
    /// Lets it lead on.
    package static let renewLock = Script("renew_lock", PackageResources.renew_lock_lua)
    /// Lets the next one lead.
    package static let releaseLock = Script("release_lock", PackageResources.release_lock_lua)
    /// Pushes the job of one firing of a schedule.
    package static let fire = Script("fire", PackageResources.fire_lua)
    /// Notes from which firing on a schedule counts.
    package static let noteFiring = Script("note_firing", PackageResources.note_firing_lua)
    /// Publishes minutes of the bus heartbeat.
    package static let publishBusHeartbeats = Script(
        "publish_bus_heartbeats", PackageResources.publish_bus_heartbeats_lua)
    /// Keeps items whose destination is no list, or forbidden.
    package static let spareUnusable = Script("spare_unusable", PackageResources.spare_unusable_lua)
    /// Moves a delayed job that is too large to be loaded to a list of its own.
    package static let setAsideDelayed = Script("set_aside_delayed", PackageResources.set_aside_delayed_lua)
    /// Takes an empty bucket out of the schedule.
    package static let tidyBucket = Script("tidy_bucket", PackageResources.tidy_bucket_lua)

    // MARK: - application/

    /// Adds or replaces one subscription.
    package static let putSubscription = Script("put_subscription", PackageResources.put_subscription_lua)
    /// Pushes a job that was not pushed a short while ago.
    package static let enqueueOnce = Script("enqueue_once", PackageResources.enqueue_once_lua)

    // MARK: - operator/

    /// Retries and removes entries of a list of failures.
    package static let changeFailures = Script("change_failures", PackageResources.change_failures_lua)
    /// Moves a delayed job to its queue before it falls due.
    package static let runDelayed = Script("run_delayed", PackageResources.run_delayed_lua)

    // MARK: - Who calls them

    /// What a driver calls often enough to have it loaded.
    package static let ofDrivers = [
        register, renewLease, claim, fin, mend, absolve, recover, swap, setAside, moveFailures,
    ]
    /// What a rider calls often enough to have it loaded.
    package static let ofRiders = [register, renewLease, claimJobs, settleJobs, recoverRider, setAside, moveFailures]
    /// What a scheduler calls often enough to have it loaded.
    package static let ofSchedulers = [fire, noteFiring]
    /// Every one there is in `Scripts/`.
    package static let all = [
        register, renewLease, markPause, setAside, moveFailures, claim, fin, mend, absolve, recover, swap, claimJobs,
        settleJobs, recoverRider, takeLock, renewLock, releaseLock, fire, noteFiring, publishBusHeartbeats,
        spareUnusable,
        setAsideDelayed, tidyBucket, putSubscription, enqueueOnce, changeFailures, runDelayed,
    ]
}
