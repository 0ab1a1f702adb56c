(ns cairn.jepsen.virtual
  "Drives a test through a run of the simulator, in virtual time: whenever something completes or its
  time has come, the generator is asked at that simulated moment. Clients and nemeses may block, as
  everywhere; each operation is a coroutine, and one runs at a time. So one seed gives one history."
  (:require [cairn.jepsen.experiment :as experiment]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.interpreter :as interpreter]
            [cairn.jepsen.oracle :as oracle]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.system :as system]
            [cairn.jepsen.worker :as worker])
  (:import (cairn.experiment.trial Subject)
           (cairn.jepsen Coroutine)
           (cairn.model.choice Choices)
           (cairn.simulator Conductor RunResult Stage)
           (java.util ArrayDeque ArrayList HashMap HashSet)))

(set! *warn-on-reflection* true)

;; What a run is made of. `later` is what is to be done when the stage wakes us with a token;
;; `waiting` is, for each client, what is to be done with its answer.
(defrecord ^:private Run
  [source stage origin core workers ^ArrayDeque completions ^HashMap later ^objects waiting
   ^HashSet alive token alarm phase test])

(defn- now ^long [{:keys [stage origin]}]
  (- (.now ^Stage @stage) (long @origin)))

(defn- later!
  "Has something done at a time of the test; answers a ticket."
  [{:keys [stage origin ^HashMap later token]} at act]
  (let [t (vswap! token inc)]
    (.put later t act)
    [t (.wakeAt ^Stage @stage (+ (long at) (long @origin)) t)]))

(defn- forget! [{:keys [stage ^HashMap later]} [token ticket]]
  (.remove later token)
  (.forget ^Stage @stage (long ticket)))

(defn- resume! [{:keys [^HashSet alive]} ^Coroutine coroutine value]
  (.resume coroutine value)
  (when (.hasEnded coroutine) (.remove alive coroutine)))

(defn- start!
  "Begins something that may block."
  [{:keys [source ^HashSet alive] :as run} act]
  (let [coroutine (Coroutine. (fn [] (random/with-source source (act))))]
    (.add alive coroutine)
    (resume! run coroutine nil)))

(defn- ask!
  "Has a client ask; `then` is given the answer, or nil after the timeout."
  [{:keys [^objects waiting stage] :as run} client operation timeout then]
  (let [client (int client)]
    (aset waiting client
          [then (later! run (+ (now run) (long timeout))
                        (fn []
                          (aset waiting client nil)
                          (then nil)))])
    (.ask ^Stage @stage client operation)))

(defrecord Simulated [run nodes seats]
  system/SystemUnderTest
  (nodes [_] nodes)
  (request! [_ client operation timeout]
    (let [coroutine (Coroutine/current)]
      (ask! run client operation timeout #(resume! run coroutine %))
      (or (.pause coroutine)
          (throw (system/timeout timeout)))))
  (strike! [_ fault]
    (every? true? (mapv #(.strike ^Stage @(:stage run) %) (experiment/faults seats fault))))
  (heal! [_ fault]
    (doseq [f (experiment/faults seats fault)] (.heal ^Stage @(:stage run) f)))
  (sleep! [_ nanos]
    (let [coroutine (Coroutine/current)]
      (later! run (+ (now run) (long nanos)) #(resume! run coroutine nil))
      (.pause coroutine))))

(defn- begin-op! [{:keys [test workers ^ArrayDeque completions] :as run} op thread]
  (case (:type op)
    :sleep (later! run (+ (now run) (gen/nanos (:value op))) #(.add completions op))
    :log (do (println (:value op)) (.add completions op))
    (let [worker (get workers thread)]
      (if-let [{:keys [operation complete]} (worker/asks worker @test op)]
        (ask! run thread operation (system/patience @test) #(.add completions (complete %)))
        (start! run #(.add completions (worker/carry-out worker @test op)))))))

(defn- tear-down! [{:keys [test workers phase] :as run}]
  (vreset! phase :ending)
  (start! run (fn []
                (worker/tear-down! (vals workers) @test)
                (vreset! phase :over))))

(defn- go-on!
  "Does all that is to be done now: completions first, then whatever the generator has."
  [{:keys [^ArrayDeque completions core alarm phase] :as run}]
  (when (= :running @phase)
    (loop []
      (if-let [done (.poll completions)]
        (do (vswap! core interpreter/completed (now run) done)
            (recur))
        (let [[what core' x thread] (interpreter/ask @core (now run))]
          (vreset! core core')
          (case what
            :op (do (begin-op! run x thread) (recur))
            :wait (do (when-let [ticket @alarm] (forget! run ticket))
                      (vreset! alarm (when x (later! run x (fn [] (vreset! alarm nil))))))
            :end (tear-down! run)))))))

(defn- conductor [{:keys [source stage origin core test phase ^HashMap later ^objects waiting] :as run}
                  generator journal]
  (letfn [(with-chance [act] (random/with-source source (act) (go-on! run)))]
    (reify Conductor
      (begin [_ s]
        (vreset! stage s)
        (start! run (fn []
                      (vswap! test worker/set-up!)
                      (vreset! origin (.now ^Stage s))
                      (vreset! core (interpreter/begin @test generator journal))
                      (vreset! phase :running)))
        (with-chance (fn [])))
      (woken [_ token]
        (when-let [act (.remove later token)]
          (with-chance act)))
      (answered [_ client result]
        (when-let [[then ticket] (aget waiting client)]
          (aset waiting client nil)
          (forget! run ticket)
          (with-chance #(then result))))
      (isOver [_] (= :over @phase)))))

(defn run-test
  "Runs a test under the answers to its choices, and answers it with its `:history`, with what
  Cairn's `:properties` came to as `:judgements`, and with the `:digest` of the run. A run that a
  violated property ended early, or the scenario's limit of events, has `:ended-early`."
  [test ^Subject subject ^Choices choices]
  (let [seats (experiment/seats subject)
        history (ArrayList.)
        threads (conj (vec (range (:concurrency test))) :nemesis)
        run (map->Run {:source (random/source choices "generator")
                       :stage (volatile! nil) :origin (volatile! 0) :core (volatile! nil)
                       :workers (into {} (map (fn [t] [t (worker/worker t)])) threads)
                       :completions (ArrayDeque.) :later (HashMap.)
                       :waiting (object-array (:concurrency test)) :alive (HashSet.)
                       :token (volatile! 0) :alarm (volatile! nil)
                       :phase (volatile! :setting-up) :test (volatile! nil)})
        system (->Simulated run (experiment/roles subject) seats)
        _ (vreset! (:test run) (assoc test :system system))
        ^RunResult result
        (Coroutine/host
         (bound-fn []
           (try
             (.conduct subject choices
                       (conductor run (:generator test) #(.add history %))
                       (vec (:properties test)) [])
             (finally
               (doseq [^Coroutine c (vec (:alive run))] (.cancel c))))))]
    (cond-> (assoc test
                   :history (vec history)
                   :judgements (oracle/judgements (.judgements result))
                   :digest (Long/toHexString (.digest result))
                   :events (.events result))
      (not (.finished result)) (assoc :ended-early true))))
