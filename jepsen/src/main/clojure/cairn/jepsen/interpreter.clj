(ns cairn.jepsen.interpreter
  "What becomes of a generator: the rules by which operations are taken, begun and completed, as a
  value that is stepped. Drivers carry it through virtual time or through real time.

  Completions come before new operations. An operation that lies ahead is not kept: when its time has
  come the generator is asked again."
  (:require [cairn.jepsen.context :as ctx]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.history :as h]))

(set! *warn-on-reflection* true)

(def patience
  "After so many nanoseconds a generator that had nothing is asked again."
  1000000)

;; `index` is the number of operations in the journal, `journal` a function that is given each.
(defrecord Core [test gen context ^long outstanding ^long index journal])

(defn begin
  "The start of a test's generator. `journal` is given every operation of the history, in order."
  ([test gen] (begin test gen (fn [_])))
  ([test gen journal]
   (Core. test (gen/friendly-exceptions (gen/validate gen)) (ctx/context test) 0 0 journal)))

(defn- in-history? [op] (not (#{:sleep :log} (:type op))))

(defn- journaled [^Core core op]
  (if (in-history? op)
    (let [op (assoc op :index (.index core))]
      ((.journal core) op)
      [op (inc (.index core))])
    [op (.index core)]))

(defn completed
  "The core after a thread has completed an operation now."
  [^Core core now op]
  (let [[op index] (journaled core (assoc op :time now))
        thread (ctx/process->thread (.context core) (:process op))
        context (ctx/free-thread (.context core) now thread)
        gen (gen/update (.gen core) (.test core) context op)
        crashed? (and (in-history? op) (not= :nemesis thread)
                      (or (h/info? op) (:end-process? op)))]
    (Core. (.test core) gen
           (if crashed? (ctx/with-next-process context thread) context)
           (dec (.outstanding core)) (long index) (.journal core))))

(defn ask
  "What is to be done now: `[:op core op thread]`, an operation has begun on a thread; `[:wait core
  until]`, nothing until then, or, if it is nil, until something completes; `[:end core]`."
  [^Core core now]
  (let [context (ctx/at (.context core) now)
        [op gen] (gen/op (.gen core) (.test core) context)]
    (cond
      (nil? op) (if (zero? (.outstanding core)) [:end core] [:wait core nil])
      (= :pending op) [:wait core (+ (long now) (long patience))]
      (< (long now) (long (:time op))) [:wait core (:time op)]
      :else
      (let [thread (ctx/process->thread context (:process op))
            [op index] (journaled core op)
            context (ctx/busy-thread context now thread)]
        [:op
         (Core. (.test core) (gen/update gen (.test core) context op) context
                (inc (.outstanding core)) (long index) (.journal core))
         op
         thread]))))
