import RedisConnection

extension BusConfiguration {
    /// What the environment says by `REDIS_URL`, `REDIS_PASSWORD`, `RESQUE_NAMESPACE` and `FAILURE_BACKEND`, and the
    /// defaults for the rest. A ``RiderProcess`` reads the same, so both meet on one bus.
    ///
    /// - Parameter environment: such as `ProcessInfo.processInfo.environment`.
    /// - Throws: ``BusError`` with code `configuration`, which names the variable.
    public init(environment: [String: String]) throws(BusError) {
        try self.init()
        try obey(try RiderEnvironment(environment))
    }

    /// Takes over what the environment says.
    mutating func obey(_ environment: RiderEnvironment) throws(BusError) {
        if let url = environment.redis {
            let named = try BusConfiguration(redis: url)
            redis = named.redis
            if redis.endpoint.namespace != nil { namespace = named.namespace }
        }
        if let password = environment.redisPassword, redis.endpoint.password == nil {
            let username = redis.endpoint.username
            redis.credentials = { () throws(RedisError) in RedisCredentials(username: username, password: password) }
        }
        if let own = environment.namespace { namespace = own }
        if environment.failureBackend != .found { failureBackend = environment.failureBackend }
    }
}
