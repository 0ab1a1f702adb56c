(ns cairn.jepsen.generator.test
  "For tests of generators: what they do on threads that are simulated, and take a fixed time for each
  operation. Names are those of `jepsen.generator.test`. Chance is the same each time."
  (:require [cairn.jepsen.context :as ctx]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.interpreter :as interpreter]
            [cairn.jepsen.random :as random])
  (:import (cairn.fault SeededChoices)))

(set! *warn-on-reflection* true)

(def default-test
  "The test map that generators are given, beside its `:concurrency`."
  {})

(def rand-seed
  "Of all that is drawn."
  7)

(def perfect-latency
  "How many nanoseconds a perfect operation takes."
  10)

(def ^:private most
  "A generator that makes more operations is taken for one that never ends."
  100000)

(defn n+nemesis-context
  "A context with so many threads, and one for the nemesis."
  [n]
  (ctx/context {:concurrency n}))

(def default-context
  "Two threads and one for the nemesis."
  (n+nemesis-context 2))

(defn invocations
  "What was begun, without what became of it."
  [history]
  (filter #(= :invoke (:type %)) history))

(defn- clients [context]
  (count (remove #{:nemesis} (ctx/all-threads context))))

(defn- over
  "What a thread has done when an operation is over: a completion, or nothing after a sleep."
  [op context complete]
  (case (:type op)
    :sleep (update op :time + (gen/nanos (:value op)))
    :log op
    (complete context op)))

(defn simulate
  "The history of a generator whose operations `complete` completes: a function of the context and an
  operation, whose `:time` says when it is over."
  ([gen complete] (simulate default-context gen complete))
  ([context gen complete]
   (random/with-source (random/source (SeededChoices. rand-seed) "generator")
     ;; What is under way is sorted by its end, and then by the order of its beginnings.
     (loop [core (assoc (interpreter/begin (assoc default-test :concurrency (clients context)) gen) :context context)
            now (long (:time context)) under-way (sorted-map) history []]
       (let [[[end :as first-one] op] (first under-way)]
         (cond
           (< (long most) (count history))
           (throw (ex-info (str "a generator made " most " operations, and goes on") {:last (peek history)}))

           (and end (<= (long end) now))
           (recur (interpreter/completed core now op) now (dissoc under-way first-one)
                  (conj history (assoc op :time now)))

           :else
           (let [[what core' x] (interpreter/ask core now)]
             (case what
               :end history
               :op (let [done (over x (:context core') complete)]
                     (recur core' now (assoc under-way [(:time done) (count history)] done) (conj history x)))
               ;; Not before something ends, or the generator has something, or asks for patience.
               :wait (recur core'
                            (long (cond
                                    (and x end) (min (long x) (long end))
                                    (or x end) (or x end)
                                    :else (+ now (long interpreter/patience))))
                            under-way history)))))))))

(defn- after
  "Completes an operation as a type, so many nanoseconds later."
  [op type nanos]
  (-> op (assoc :type type) (update :time + nanos)))

(defn quick-ops
  "The history if everything succeeds in no time."
  ([gen] (quick-ops default-context gen))
  ([context gen] (simulate context gen (fn [_ op] (after op :ok 0)))))

(defn quick
  "What is begun if everything succeeds in no time."
  ([gen] (quick default-context gen))
  ([context gen] (invocations (quick-ops context gen))))

(defn perfect*
  "The history if everything succeeds in ten nanoseconds."
  ([gen] (perfect* default-context gen))
  ([context gen] (simulate context gen (fn [_ op] (after op :ok perfect-latency)))))

(defn perfect
  "What is begun if everything succeeds in ten nanoseconds."
  ([gen] (perfect default-context gen))
  ([context gen] (invocations (perfect* context gen))))

(defn perfect-info
  "What is begun if everything crashes within ten nanoseconds."
  ([gen] (perfect-info default-context gen))
  ([context gen] (invocations (simulate context gen (fn [_ op] (after op :info perfect-latency))))))

(defn imperfect
  "The history if each thread's operations fail, crash and succeed in turn, in ten nanoseconds each."
  ([gen] (imperfect default-context gen))
  ([context gen]
   (let [last-of (atom {})
         following {nil :fail, :fail :info, :info :ok, :ok :fail}]
     (simulate context gen
               (fn [context op]
                 (let [thread (ctx/process->thread context (:process op))]
                   (after op (get (swap! last-of update thread following) thread) perfect-latency)))))))
