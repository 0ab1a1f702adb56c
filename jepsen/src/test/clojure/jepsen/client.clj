(ns jepsen.client
  "Jepsen's protocols of this name, without Jepsen: what implements them with other names or signatures
  does not compile.")

(defprotocol Client
  (open! [client test node])
  (close! [client test])
  (setup! [client test])
  (invoke! [client test op])
  (teardown! [client test]))

(defprotocol Reusable
  (reusable? [client test]))
