/// Which refusals pass by themselves. Whoever meets one waits and tries again, at the start as well as later; every
/// other refusal lasts until somebody changes a key, a right or a setting.
///
/// `UNKILLABLE`, `NOTBUSY` and Sentinel's `NOGOODSLAVE` are not among them: they answer commands that nobody here
/// sends.
extension RedisErrorReply.Kind {
    /// What is waited for while Redis answers with this kind, to stand behind "waiting for"; nil for a refusal that
    /// does not pass.
    package var awaited: String? {
        switch self {
        case .busy: "the end of a script that blocks Redis; SCRIPT KILL or FUNCTION KILL ends it unless it wrote"
        case .loading: "Redis to load its data"
        case .outOfMemory: "used memory below maxmemory; free some, or raise maxmemory"
        case .readOnly: "a master at this address"
        case .noReplicas: "as many replicas in touch as min-replicas-to-write asks for"
        case .masterDown: "this replica's link to its master, or a master at this address"
        case .clusterDown: "a cluster that serves every slot"
        case .tryAgain: "a slot of the cluster to have moved"
        case .misconfigured: "Redis to save its data again; its log says why it cannot"
        case .maxClients: "a free connection; close some, or raise maxclients"
        case .noScript, .noAuth, .wrongPassword, .noPermission, .unblocked, .wrongType, .execAbort, .moved,
            .crossSlot, .unknownCommand, .scriptFailed, .other:
            nil
        }
    }
}

extension RedisErrorReply {
    /// Whether the server is in a state that passes by itself.
    package var isPassing: Bool { kind.awaited != nil }
}

extension RedisError {
    /// The reply of Redis that led to this error, if one did.
    package var reply: RedisErrorReply? {
        if case .reply(let reply) = code { reply } else { underlying as? RedisErrorReply }
    }

    /// What is waited for, to stand behind "waiting for", if a state of the server led to this error that passes by
    /// itself; nil for any other error.
    package var awaited: String? { code == .notMaster ? "a master at this address" : reply?.kind.awaited }

    /// Whether a state of the server led to this error that passes by itself. To connect or ask again later is what
    /// helps.
    package var isPassing: Bool { awaited != nil }
}
