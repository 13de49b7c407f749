package import RedisConnection

/// What a user lacks of the rights of a role.
package struct MissingRights: Sendable, Equatable {
    package let role: RoleRights.Role
    /// Not allowed; as ``RoleRights/commands`` names them.
    package var commands: [String] = []
    /// Patterns of keys that may not be touched.
    package var keys: [String] = []
    /// Patterns of channels that may not be heard or spoken on.
    package var channels: [String] = []
    /// Commands that the server does not have.
    package var unknown: [String] = []
    /// What the server answers in place of executing anything, for as long as it is in a state that passes.
    package var state: RedisErrorReply?

    package init(_ role: RoleRights.Role) {
        self.role = role
    }

    /// The arguments of `ACL SETUSER` that would help.
    package var rules: [String] {
        commands.map { "+" + $0 } + keys.map { "~" + $0 } + channels.map { "&" + $0 }
    }

    /// Whether the role cannot do its work.
    package var isFatal: Bool {
        let needed = (commands + unknown).filter { RoleRights.substitute(for: $0) == nil }
        return !keys.isEmpty || !needed.isEmpty
            || ["info", "role"].allSatisfy((commands + unknown).contains)
    }

    /// Notes a refusal of a command.
    package mutating func note(_ command: String, _ reply: RedisErrorReply, channels patterns: [String]) {
        switch reply.kind {
        case .unknownCommand: unknown.append(command)
        case .noPermission where reply.names(.command): commands.append(command)
        // A refused EXEC ends its transaction, and says so.
        case .execAbort where reply.names(.command): commands.append(command)
        case .noPermission where reply.names(.channel):
            channels += patterns.filter { !channels.contains($0) }
        case _ where reply.isPassing: state = state ?? reply
        default: break
        }
    }
}

extension RedisErrorReply {
    /// What a user has no permission for.
    enum Subject {
        case command, channel
    }

    /// Whether a refusal for want of permission speaks of this. The words are those of Redis 6.2 to 8 and of Valkey.
    func names(_ subject: Subject) -> Bool {
        let isOfCommand = message.contains("permissions to run the")
        return switch subject {
        case .command: isOfCommand
        case .channel: !isOfCommand && message.contains("channel")
        }
    }
}
