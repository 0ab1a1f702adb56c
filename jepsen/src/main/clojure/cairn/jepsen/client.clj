(ns cairn.jepsen.client
  "What asks the system under test. Names and signatures are Jepsen's.")

(set! *warn-on-reflection* true)

(defprotocol Client
  (open! [client test node] "A client connected to a node; the original stays unconnected.")
  (close! [client test] "Ends the connection.")
  (setup! [client test] "Prepares the database, once for each node, before the test.")
  (invoke! [client test op]
    "Carries an operation out and answers its completion: the operation with `:type` `:ok` (it
    happened), `:fail` (it did not) or `:info` (nobody knows). What it throws counts as `:info`.")
  (teardown! [client test] "Takes back what `setup!` did."))

(defprotocol Reusable
  (reusable? [client test] "Whether a client goes on after its process has crashed."))

(defprotocol Asking
  "A client each of whose operations is one request. In virtual time it needs no thread of its own,
  which is several times as quick; it carries operations out as any other."
  (asks [client test op]
    "`{:operation :complete}`: what the operation asks of the system, and a function that makes its
    completion of the answer, or of nil if there was none in time."))

(extend-protocol Reusable
  Object
  (reusable? [_ _] false))

(defn problems
  "What is wrong with a completion of an operation, in sentences."
  [op completion]
  (if (map? completion)
    (cond-> []
      (not (#{:ok :fail :info} (:type completion))) (conj ":type is not :ok, :fail or :info")
      (not= (:process op) (:process completion)) (conj "it has another :process")
      (not= (:f op) (:f completion)) (conj "it has another :f"))
    ["it is not a map"]))

(def noop
  "A client to which everything happens at once."
  (reify Client
    (open! [this _ _] this)
    (close! [_ _])
    (setup! [_ _])
    (invoke! [_ _ op] (assoc op :type :ok))
    (teardown! [_ _])
    Reusable
    (reusable? [_ _] true)))
