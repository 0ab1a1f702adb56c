(ns cairn.jepsen.model
  "What an object may answer when operations come one after another: Knossos' models, under the same
  names. A model is a value; it steps to another one, or to an inconsistency.

  Registers take a read of nil as one of which nothing is known, as Knossos does: record a sentinel
  for \"absent\", or a recovery that loses everything passes."
  (:refer-clojure :exclude [set])
  (:import (clojure.lang PersistentQueue)))

(set! *warn-on-reflection* true)

(defprotocol Model
  (step [model op] "The model after an operation, or an inconsistency."))

(defprotocol Reading
  (reads? [model op]
    "Whether the operation changes no state that allows it. Saying no is always right, saying yes
    makes checking faster."))

(extend-protocol Reading
  Object
  (reads? [_ _] false))

(defprotocol Keyed
  (state-key [model]
    "What tells a model from others that it steps to: itself, or something that is hashed sooner."))

(extend-protocol Keyed
  Object
  (state-key [model] model))

(defrecord Inconsistent [msg]
  Model
  (step [this _] this))

(defn inconsistent
  "What a model steps to when an operation cannot have happened."
  [msg]
  (Inconsistent. msg))

(defn inconsistent? [model] (instance? Inconsistent model))

(def ^:dynamic *reasons?*
  "Whether somebody reads why a model is inconsistent: a search for an order, which meets tens of
  thousands of inconsistencies, does not, and saying why takes longer than finding out."
  true)

(def ^:private without-reason (Inconsistent. nil))

(defmacro ^:private inconsistent-because [& words]
  `(if *reasons?* (inconsistent (str ~@words)) without-reason))

(defn- unknown [op] (inconsistent-because "unknown operation " (:f op)))

(defn- read-of [value op model]
  (if (or (nil? (:value op)) (= value (:value op)))
    model
    (inconsistent-because "can't read " (pr-str (:value op)) " from register " (pr-str value))))

(defrecord Register [value]
  Model
  (step [this op]
    (case (:f op)
      :write (Register. (:value op))
      :read (read-of value op this)
      (unknown op)))
  Reading
  (reads? [_ op] (= :read (:f op)))
  Keyed
  (state-key [_] value))

(defn register
  "`:write`, `:read`."
  ([] (Register. nil))
  ([value] (Register. value)))

(defrecord CASRegister [value]
  Model
  (step [this op]
    (case (:f op)
      :write (CASRegister. (:value op))
      :cas (let [[old new] (:value op)]
             (if (= old value)
               (CASRegister. new)
               (inconsistent-because "can't CAS " (pr-str value) " from " (pr-str old) " to " (pr-str new))))
      :read (read-of value op this)
      (unknown op)))
  Reading
  (reads? [_ op] (= :read (:f op)))
  Keyed
  (state-key [_] value))

(defn cas-register
  "`:write`, `:read`, `:cas [old new]`."
  ([] (CASRegister. nil))
  ([value] (CASRegister. value)))

(defrecord Mutex [locked?]
  Model
  (step [_ op]
    (case (:f op)
      :acquire (if locked? (inconsistent "already held") (Mutex. true))
      :release (if locked? (Mutex. false) (inconsistent "not held"))
      (unknown op))))

(defn mutex
  "`:acquire`, `:release`."
  []
  (Mutex. false))

(defrecord MultiRegister [values]
  Model
  (step [_ op]
    (reduce (fn [m [f k v]]
              (let [values (:values m)]
                (case f
                  (:read :r) (if (or (nil? v) (= v (get values k)))
                               m
                               (reduced (inconsistent-because "can't read " (pr-str v) " from " (pr-str k))))
                  (:write :w) (MultiRegister. (assoc values k v))
                  (reduced (unknown {:f f})))))
            (MultiRegister. values)
            (:value op)))
  Reading
  (reads? [_ op] (every? (comp #{:read :r} first) (:value op))))

(defn multi-register
  "`:txn [[:read k v] [:write k v] ...]`."
  ([] (MultiRegister. {}))
  ([values] (MultiRegister. values)))

(defrecord SetModel [elements]
  Model
  (step [this op]
    (case (:f op)
      :add (SetModel. (conj elements (:value op)))
      :read (if (or (nil? (:value op)) (= elements (clojure.core/set (:value op))))
              this
              (inconsistent-because "can't read " (pr-str (:value op)) " from " (pr-str elements)))
      (unknown op)))
  Reading
  (reads? [_ op] (= :read (:f op))))

(defn set
  "`:add`, `:read`."
  []
  (SetModel. #{}))

(defrecord UnorderedQueue [pending]
  Model
  (step [_ op]
    (let [v (:value op)]
      (case (:f op)
        :enqueue (UnorderedQueue. (update pending v (fnil inc 0)))
        :dequeue (case (long (get pending v 0))
                   0 (inconsistent-because "can't dequeue " (pr-str v))
                   1 (UnorderedQueue. (dissoc pending v))
                   (UnorderedQueue. (update pending v dec)))
        (unknown op)))))

(defn unordered-queue
  "`:enqueue`, `:dequeue` in any order."
  []
  (UnorderedQueue. {}))

(defrecord FIFOQueue [pending]
  Model
  (step [_ op]
    (case (:f op)
      :enqueue (FIFOQueue. (conj pending (:value op)))
      :dequeue (if (and (seq pending) (= (:value op) (peek pending)))
                 (FIFOQueue. (pop pending))
                 (inconsistent-because "can't dequeue " (pr-str (:value op))))
      (unknown op))))

(defn fifo-queue
  "`:enqueue`, `:dequeue` in the order of the enqueues."
  []
  (FIFOQueue. PersistentQueue/EMPTY))
