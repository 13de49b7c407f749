package import BusWire

/// What a user of Redis must be allowed for the work of one role: commands, keys and channels, and nothing that is not
/// needed.
///
/// The README's lines and what `busdriver doctor` asks for both come of here.
package struct RoleRights: Sendable {
    /// Whose work it is.
    package enum Role: String, CaseIterable, Sendable {
        /// `busdriver run`.
        case driver
        /// `busdriver run --roles scheduler`.
        case scheduler
        /// A process that works off queues by `Rider`.
        case rider
        /// Whoever publishes, enqueues, delays, schedules and subscribes with `Bus`.
        case application
        /// The commands that look and change: all of `busdriver` but `run` and `doctor`.
        case `operator`
        /// `busdriver doctor`, besides the rights that it looks for.
        case doctor
    }

    package let role: Role
    /// Names of commands as `ACL SETUSER` takes them behind the `+`, in order; a subcommand stands behind a bar.
    package let commands: [String]
    /// Patterns of keys.
    package let keys: [String]
    /// Patterns of channels.
    package let channels: [String]

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: the key of the schedulers' lock; it is outside of the namespace where schedulers have a prefix of
    ///     their own.
    package init(_ role: Role, bus: BusKeys, lock: String? = nil) {
        self.role = role
        commands = (Self.connecting + Self.commands(of: role)).sorted()
        keys =
            [RedisGlob.everything(beginningWith: bus.key(""))]
            + [lock].compactMap(\.self).filter { !$0.hasPrefix(bus.key("")) }
        channels =
            switch role {
            case .driver, .doctor: [ChangeTracking.invalidations, bus.own("barrier:*")]
            case .scheduler, .rider: [ChangeTracking.invalidations]
            case .application, .operator: []
            }
    }

    /// The arguments of `ACL SETUSER` behind the user's name and password: what gives a new user these rights and no
    /// other.
    package var rules: [String] {
        ["resetchannels", "-@all"] + keys.map { "~" + $0 } + channels.map { "&" + $0 }
            + commands.map { "+" + $0 }
    }

    /// What the role does where a command is not allowed; nil where it cannot work then.
    package static func substitute(for command: String) -> String? {
        switch command {
        case "client|setname": "its connections have no name"
        case "client|caching", "client|id", "client|tracking", "publish", "subscribe":
            "it looks for changes in place of being told"
        case "info": "it cannot see the version and the maxmemory-policy"
        case "role": "it asks INFO replication"
        case "sort": "it copies events in chunks, at four times the cost"
        default: nil
        }
    }
}
