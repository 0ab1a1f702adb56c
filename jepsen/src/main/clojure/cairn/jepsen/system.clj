(ns cairn.jepsen.system
  "The system under test, as clients and nemeses see it: a run of the simulator in virtual time, or
  processes in real time. Whoever brings another system implements this protocol and puts it into the
  test map as `:system`; nothing else of the harness needs to know.")

(set! *warn-on-reflection* true)

(defprotocol SystemUnderTest
  (nodes [system]
    "The names of the machines that faults can strike.")
  (request! [system client operation timeout]
    "Has a client, counted from zero, ask the service, and waits for the answer. `operation` is a
    `cairn.model.service.Operation`; the answer is its result, a long. Throws an `ex-info` with
    `:type ::timeout` after `timeout` nanoseconds without one.")
  (strike! [system fault]
    "Makes something go wrong: a map as in an experiment file, such as `{:power-loss \"pmu-1\"}` or
    `{:slow-disk \"store\" :factor 3}`. False if the system does not admit it.")
  (heal! [system fault]
    "Mends what was struck by an equal map; nothing happens if it is well.")
  (sleep! [system nanos]
    "Waits."))

(def ^:dynamic *client*
  "The number of the client on whose behalf the code runs."
  0)

(defn timeout
  "The exception of a request that was not answered in time."
  [nanos]
  (ex-info (str "no answer within " nanos " ns") {:type ::timeout}))

(defn timeout?
  [e]
  (= ::timeout (:type (ex-data e))))

(defn patience
  "How long a client of the test waits for an answer, in nanoseconds; `:timeout` is in seconds."
  [test]
  (long (* 1e9 (double (:timeout test)))))

(defn ask!
  "Asks the test's system on behalf of the client that runs."
  [test operation]
  (request! (:system test) *client* operation (patience test)))
