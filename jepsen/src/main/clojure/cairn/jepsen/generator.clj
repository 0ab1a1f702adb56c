(ns cairn.jepsen.generator
  "What is done next: pure, composable generators with Jepsen's names and meaning.

  A generator is asked with `op` for an operation and answers nil (there is none any more),
  `[:pending gen']` (none right now), or `[op gen']`; `update` tells it what was begun and what
  ended. These are generators by themselves: nil; a map (one operation, whose time, process and type
  are filled in); a sequence (one generator after another); a function of no argument or of test and
  context (called for one generator after another, until it answers nil); a delay or a promise.

  Times in arguments are seconds; in operations and contexts, nanoseconds."
  (:refer-clojure :exclude [concat cycle delay filter map repeat update])
  (:require [cairn.jepsen.context :as ctx]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.random :as random]
            [clojure.core :as c])
  (:import (clojure.lang AFunction Delay IPersistentMap Sequential)
           (java.lang.reflect Method)))

(set! *warn-on-reflection* true)

(defprotocol Generator
  (op [gen test context]
    "nil, `[:pending gen']` or `[op gen']`. The operation's time may lie ahead: then it is asked for
    again when that time has come.")
  (update [gen test context event]
    "The generator after an operation was begun, or was completed."))

(defn nanos
  "Seconds as whole nanoseconds."
  ^long [seconds]
  (Math/round (* 1e9 (double seconds))))

(defn fill-in-op
  "An operation with what it leaves open, time, process and type, taken from the context; `:pending`
  if no process is free."
  [op context]
  (let [process (if-some [p (:process op)] p (ctx/some-free-process context))]
    (cond
      (nil? process) :pending
      (not (ctx/thread-free? context (ctx/process->thread context process))) :pending
      :else (assoc op
                   :time (or (:time op) (:time context))
                   :process process
                   :type (or (:type op) :invoke)
                   :f (:f op)
                   :value (:value op)))))

;; ---- what is a generator by itself

(def ^:private takes-test?
  "Whether a function of this class wants test and context."
  (memoize (fn [^Class class]
             (boolean (some (fn [^Method m] (and (= "invoke" (.getName m)) (= 2 (.getParameterCount m))))
                            (.getDeclaredMethods class))))))

(extend-protocol Generator
  nil
  (op [_ _ _] nil)
  (update [_ _ _ _] nil)

  IPersistentMap
  (op [this _ context]
    (let [o (fill-in-op this context)]
      [o (when (= :pending o) this)]))
  (update [this _ _ _] this)

  Sequential
  (op [this test context]
    (loop [gens (seq this)]
      (when gens
        (if-let [[o gen'] (op (first gens) test context)]
          [o (if-let [more (next gens)] (cons gen' more) gen')]
          (recur (next gens))))))
  (update [this test context event]
    (when-let [gens (seq this)]
      (cons (update (first gens) test context event) (rest gens))))

  AFunction
  (op [f test context]
    (when-some [gen (if (takes-test? (class f)) (f test context) (f))]
      (op [gen f] test context)))
  (update [f _ _ _] f)

  Delay
  (op [d test context] (op @d test context))
  (update [d _ _ _] d))

;; A promise has no class of its own that others do not share: lazy sequences are pending, too.
(extend (class (promise))
  Generator
  {:op (fn [p test context] (if (realized? p) (op @p test context) [:pending p]))
   :update (fn [p _ _ _] p)})

;; ---- which comes first

(defn- sooner
  "Of two candidates `{:op :weight ...}`, the one that comes first; chance decides between equals, by
  weight. What is pending comes last."
  [a b]
  (cond
    (nil? a) b
    (nil? b) a
    (= :pending (:op a)) b
    (= :pending (:op b)) a
    :else (let [ta (long (:time (:op a))) tb (long (:time (:op b)))]
            (cond
              (< ta tb) a
              (< tb ta) b
              :else (let [wa (long (:weight a 1)) w (+ wa (long (:weight b 1)))]
                      (assoc (if (< (random/whole w) wa) a b) :weight w))))))

(defn- weigh [candidate weight] (assoc candidate :weight weight))

(defn soonest
  "The candidate that comes first, for generators that are made of others."
  [candidates]
  (reduce sooner nil candidates))

(defn- thread-of [context event] (ctx/process->thread context (:process event)))

;; ---- several at once

(defrecord Any [gens]
  Generator
  (op [_ test context]
    (when-let [best (soonest (map-indexed (fn [i gen]
                                            (when-let [[o gen'] (op gen test context)]
                                              {:op o :gen gen' :i i}))
                                          gens))]
      [(:op best) (Any. (assoc gens (:i best) (:gen best)))]))
  (update [_ test context event]
    (Any. (mapv #(update % test context event) gens))))

(defn any
  "Operations of all the generators, whichever comes first."
  [& gens]
  (Any. (vec gens)))

(defrecord ShortestAny [gens]
  Generator
  (op [_ test context]
    (let [answers (mapv #(op % test context) gens)]
      (when (every? some? answers)
        (when-let [best (soonest (map-indexed (fn [i [o gen']] {:op o :gen gen' :i i}) answers))]
          [(:op best) (ShortestAny. (assoc gens (:i best) (:gen best)))]))))
  (update [_ test context event]
    (ShortestAny. (mapv #(update % test context event) gens))))

(defn shortest-any
  "Like `any`, until the first of the generators has no more."
  [& gens]
  (ShortestAny. (vec gens)))

;; Copies of a generator, one for each thread (or process), made when it first acts; `only` makes the
;; filter of a thread.
(defrecord Each [fresh gens key-of only]
  Generator
  (op [this test context]
    (let [asked (c/map (fn [thread]
                         (let [k (key-of context thread)]
                           (when-let [[o gen'] (op (get gens k fresh) test ((only thread) context))]
                             {:op o :gen gen' :key k})))
                       (ctx/free-threads context))
          best (soonest asked)]
      (cond
        best [(:op best) (assoc this :gens (assoc gens (:key best) (:gen best)))]
        (= (ctx/free-thread-count context) (ctx/all-thread-count context)) nil
        :else [:pending this])))
  (update [this test context event]
    (let [thread (thread-of context event)
          k (key-of context thread)]
      (assoc this :gens (assoc gens k (update (get gens k fresh) test ((only thread) context) event))))))

(defn- each [gen key-of]
  (Each. gen {} key-of (memoize (fn [thread] (ctx/make-thread-filter #(= thread %))))))

(defn each-thread
  "A copy of the generator for each thread, by itself."
  [gen]
  (each gen (fn [_ thread] thread)))

(defn each-process
  "A copy of the generator for each process, by itself: after a crash a thread begins anew."
  [gen]
  (each gen ctx/thread->process))

;; Each range of threads has a generator; `owner` is the index of a thread's generator.
(defrecord Reserve [gens filters weights owner]
  Generator
  (op [this test context]
    (when-let [best (soonest (map-indexed
                              (fn [i gen]
                                (when-let [[o gen'] (op gen test ((nth filters i) context))]
                                  (weigh {:op o :gen gen' :i i} (nth weights i))))
                              gens))]
      [(:op best) (assoc this :gens (assoc gens (:i best) (:gen best)))]))
  (update [this test context event]
    (let [i (owner (thread-of context event))]
      (assoc this :gens
             (c/update gens i update test ((nth filters i) context) event)))))

(defn reserve
  "`(reserve 5 writes 10 reads rest)`: the first five threads write, the next ten read, all others
  do the rest."
  [& args]
  (let [counted (partition 2 args)
        bounds (vec (reductions + (c/map first counted)))
        owner (fn [thread]
                (if (= :nemesis thread)
                  (count bounds)
                  (count (c/filter #(<= (long %) (long thread)) bounds))))]
    (when (even? (count args))
      (throw (IllegalArgumentException. "reserve takes pairs of a count and a generator, and a generator for the rest")))
    (Reserve. (conj (mapv second counted) (last args))
              (mapv (fn [i] (ctx/make-thread-filter #(= i (owner %)))) (range (inc (count bounds))))
              (conj (mapv first counted) 1)
              owner)))

(defrecord OnThreads [only gen]
  Generator
  (op [this test context]
    (when-let [[o gen'] (op gen test (only context))]
      [o (assoc this :gen gen')]))
  (update [this test context event]
    (let [mine (only context)]
      (if (some #{(thread-of context event)} (ctx/all-threads mine))
        (assoc this :gen (update gen test mine event))
        this))))

(defn on-threads
  "The generator, on the threads for which `f` holds; it sees no others."
  [f gen]
  (OnThreads. (ctx/make-thread-filter f) gen))

(def on on-threads)

(defn clients
  "The generator for clients alone; with two, another one for the nemesis."
  ([gen] (on-threads (complement #{:nemesis}) gen))
  ([client-gen nemesis-gen] (any (clients client-gen) (on-threads #{:nemesis} nemesis-gen))))

(defn nemesis
  "The generator for the nemesis alone; with two, another one for clients."
  ([gen] (on-threads #{:nemesis} gen))
  ([nemesis-gen client-gen] (any (on-threads #{:nemesis} nemesis-gen) (clients client-gen))))

;; ---- one of several

(defn- without [v i] (into (subvec v 0 i) (subvec v (inc (long i)))))

(defrecord Mix [i gens]
  Generator
  (op [_ test context]
    (loop [i (long i) gens gens]
      (when (seq gens)
        (if-let [[o gen'] (op (nth gens i) test context)]
          (if (= :pending o)
            [:pending (Mix. i (assoc gens i gen'))]
            [o (Mix. (random/whole (count gens)) (assoc gens i gen'))])
          (let [left (without gens i)]
            (recur (random/whole (max 1 (count left))) left))))))
  (update [this _ _ _] this))

(defrecord MixUnbegun [gens]
  Generator
  (op [_ test context]
    ;; The first choice is made inside of the test, where chance is the test's.
    (op (Mix. (random/whole (count gens)) gens) test context))
  (update [this _ _ _] this))

(defn mix
  "One of the generators at random each time, until all are exhausted. They learn of no events."
  [gens]
  (when (seq gens) (MixUnbegun. (vec gens))))

(defrecord FlipFlop [gens i]
  Generator
  (op [_ test context]
    (when-let [[o gen'] (op (nth gens i) test context)]
      [o (FlipFlop. (assoc gens i gen')
                    (if (= :pending o) i (mod (inc (long i)) (count gens))))]))
  (update [this _ _ _] this))

(defn flip-flop
  "The two generators in turn, until one has no more. They learn of no events."
  [a b]
  (FlipFlop. [a b] 0))

(defrecord CycleTimes [period bounds started gens]
  Generator
  (op [this test context]
    (let [now (long (:time context))
          started (long (or started now))
          within (mod (- now started) (long period))
          i (count (c/filter #(<= (long %) within) bounds))
          until (+ now (- (long (nth bounds i)) within))]
      (loop [i (long i) from now until (long until) tried 0]
        ;; The operation of one's turn; if it comes after the turn, the next one's.
        (if (> tried (count gens))
          [:pending (assoc this :started started)]
          (when-let [[o gen'] (op (nth gens i) test (ctx/at context from))]
            (let [this' (assoc this :started started :gens (assoc gens i gen'))]
              (cond
                (= :pending o) [:pending this']
                (< (long (:time o)) until) [o this']
                :else (let [j (mod (inc i) (count gens))
                            length (- (long (nth bounds j)) (if (zero? j) 0 (long (nth bounds (dec j)))))]
                        (recur (long j) (long until) (long (+ until length)) (inc tried))))))))))
  (update [this test context event]
    (assoc this :gens (mapv #(update % test context event) gens))))

(defn cycle-times
  "`(cycle-times 5 a 10 b)`: five seconds of a, ten of b, and again; each goes on where it was."
  [& specs]
  (let [lengths (c/map nanos (take-nth 2 specs))
        bounds (vec (reductions + lengths))]
    (when (seq specs)
      (CycleTimes. (peek bounds) bounds nil (vec (take-nth 2 (rest specs)))))))

;; ---- how many, how long

(defrecord Limit [left gen]
  Generator
  (op [_ test context]
    (when (pos? (long left))
      (when-let [[o gen'] (op gen test context)]
        [o (Limit. (if (= :pending o) left (dec (long left))) gen')])))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn limit
  "At most so many operations."
  [n gen]
  (Limit. n gen))

(defn once
  "One operation."
  [gen]
  (limit 1 gen))

(defn log
  "A message for the log, once."
  [message]
  {:type :log :value message})

(defn sleep
  "One thread does nothing for so many seconds, once."
  [seconds]
  {:type :sleep :value seconds})

(defrecord Repeat [left gen]
  Generator
  (op [this test context]
    (when-not (= 0 left)
      (when-let [[o _] (op gen test context)]
        [o (if (or (= :pending o) (nil? left)) this (Repeat. (dec (long left)) gen))])))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn repeat
  "What the generator would do now, again and again, for ever or so many times: it does not advance
  by being asked."
  ([gen] (Repeat. nil gen))
  ([n gen] (Repeat. n gen)))

(defrecord Cycle [left original gen]
  Generator
  (op [_ test context]
    (loop [left left gen gen fresh? false]
      (when-not (= 0 left)
        (if-let [[o gen'] (op gen test context)]
          [o (Cycle. left original gen')]
          (when-not fresh?
            (recur (when left (dec (long left))) original true))))))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn cycle
  "The generator from its beginning each time that it is exhausted, for ever or so many times."
  ([gen] (Cycle. nil gen gen))
  ([n gen] (Cycle. n gen gen)))

(defrecord ProcessLimit [n seen gen]
  Generator
  (op [_ test context]
    (when-let [[o gen'] (op gen test context)]
      (if (= :pending o)
        [o (ProcessLimit. n seen gen')]
        ;; All that may act now count, or chance would decide how many do.
        (let [seen' (into seen (ctx/all-processes context))]
          (when (<= (count seen') (long n))
            [o (ProcessLimit. n seen' gen')])))))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn process-limit
  "Operations of at most so many processes: it ends when a crash would bring one more."
  [n gen]
  (ProcessLimit. n #{} gen))

(defrecord ConcurrencyLimit [n under-way gen]
  Generator
  (op [this test context]
    (if (<= (long n) (count under-way))
      [:pending this]
      (when-let [[o gen'] (op gen test context)]
        [o (assoc this :gen gen')])))
  (update [_ test context event]
    (let [thread (thread-of context event)]
      (ConcurrencyLimit. n (if (h/invoke? event) (conj under-way thread) (disj under-way thread))
                         (update gen test context event)))))

(defn concurrency-limit
  "At most so many operations of the generator at one time."
  [n gen]
  (ConcurrencyLimit. n #{} gen))

(defrecord TimeLimit [lasts until gen]
  Generator
  (op [this test context]
    (when-let [[o gen'] (op gen test context)]
      (if (= :pending o)
        ;; Nobody asks again before something happens, but the time has an end.
        (when-not (and until (<= (long until) (long (:time context))))
          [:pending (assoc this :gen gen')])
        (let [until (or until (+ (long (:time o)) (long lasts)))]
          (when (< (long (:time o)) (long until))
            [o (TimeLimit. lasts until gen')])))))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn time-limit
  "Operations for so many seconds, counted from the first."
  [seconds gen]
  (TimeLimit. (nanos seconds) nil gen))

;; ---- when

;; `gap` makes the time from one operation to the next.
(defrecord Spaced [gap at gen]
  Generator
  (op [this test context]
    (when-let [[o gen'] (op gen test context)]
      (if (= :pending o)
        [o (assoc this :gen gen')]
        (let [at (long (or at (:time context)))
              o (if (<= at (long (:time o))) o (assoc o :time at))]
          [o (Spaced. gap (+ (long (:time o)) (long (gap))) gen')]))))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn stagger
  "Operations at random times, `seconds` apart on average, over all threads together: gaps are
  uniform between zero and twice that."
  [seconds gen]
  (let [twice (* 2 (nanos seconds))]
    (Spaced. #(random/whole (max 1 twice)) nil gen)))

(defn delay
  "Operations `seconds` apart, or as soon after as a thread is free."
  [seconds gen]
  (let [gap (nanos seconds)]
    (Spaced. (constantly gap) nil gen)))

(defrecord Synchronize [gen]
  Generator
  (op [this test context]
    (if (= (ctx/free-thread-count context) (ctx/all-thread-count context))
      (op gen test context)
      [:pending this]))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn synchronize
  "The generator, once all threads are free."
  [gen]
  (Synchronize. gen))

(defn phases
  "One generator after another; each begins when all operations of the one before are over."
  [& gens]
  (mapv synchronize gens))

(defn then
  "`(->> a (then b))`: b, once a is over."
  [b a]
  [a (synchronize b)])

(defrecord UntilOk [gen done? mine]
  Generator
  (op [this test context]
    (when-not done?
      (when-let [[o gen'] (op gen test context)]
        [o (if (= :pending o)
             (assoc this :gen gen')
             (UntilOk. gen' done? (conj mine (:process o))))])))
  (update [_ test context event]
    (let [process (:process event)
          gen' (update gen test context event)]
      (if (or (h/invoke? event) (not (contains? mine process)))
        (UntilOk. gen' done? mine)
        (UntilOk. gen' (or done? (h/ok? event)) (disj mine process))))))

(defn until-ok
  "The generator until one of its operations is `:ok`."
  [gen]
  (UntilOk. gen false #{}))

;; ---- changed on the way

(defrecord Map [f gen]
  Generator
  (op [this test context]
    (when-let [[o gen'] (op gen test context)]
      [(if (= :pending o) o (f o test context)) (assoc this :gen gen')]))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn map
  "Each operation as `f` makes it, of the operation or of operation, test and context."
  [f gen]
  (Map. (if (and (fn? f) (some (fn [^Method m] (and (= "invoke" (.getName m)) (= 3 (.getParameterCount m))))
                               (.getDeclaredMethods (class f))))
          f
          (fn [o _ _] (f o)))
        gen))

(defn f-map
  "Each operation with another `:f`, looked up in a map or asked of a function."
  [fs gen]
  (map (fn [o] (c/update o :f fs)) gen))

(defrecord Filter [pred gen]
  Generator
  (op [_ test context]
    (loop [gen gen]
      (when-let [[o gen'] (op gen test context)]
        (if (or (= :pending o) (pred o))
          [o (Filter. pred gen')]
          (recur gen')))))
  (update [this test context event] (assoc this :gen (update gen test context event))))

(defn filter
  "Those operations for which `pred` holds."
  [pred gen]
  (Filter. pred gen))

(defrecord OnUpdate [f gen]
  Generator
  (op [_ test context]
    (when-let [[o gen'] (op gen test context)]
      [o (OnUpdate. f gen')]))
  (update [this test context event] (f this test context event)))

(defn on-update
  "The generator, with `(f this test context event)` as its update."
  [f gen]
  (OnUpdate. f gen))

(defn concat
  "One generator after another; the next may begin while operations of the one before go on."
  [& gens]
  (vec gens))

(defrecord Cache [gen last-asked]
  Generator
  (op [_ test context]
    (let [[asked answer] @last-asked]
      (if (identical? asked context)
        answer
        (let [answer (when-let [[o gen'] (op gen test context)]
                       [o (Cache. gen' (volatile! nil))])]
          (vreset! last-asked [context answer])
          answer))))
  (update [_ test context event] (Cache. (update gen test context event) (volatile! nil))))

(defn cache
  "The generator; what it answered in a context is not computed again in the same one."
  [gen]
  (Cache. gen (volatile! nil)))

;; ---- watched

(defrecord Trace [k gen]
  Generator
  (op [_ test context]
    (let [[o gen' :as answer] (op gen test context)]
      (println k :op (pr-str (:time context)) (pr-str o))
      (when answer [o (Trace. k gen')])))
  (update [_ test context event]
    (println k :update (pr-str event))
    (Trace. k (update gen test context event))))

(defn trace
  "The generator, printing what it is asked and told under a name."
  [k gen]
  (Trace. k gen))

(defn- problems [o context]
  (if (= :pending o)
    []
    (cond-> []
      (not (map? o)) (conj "it is neither :pending nor a map")
      (and (map? o) (not (#{:invoke :info :sleep :log} (:type o)))) (conj ":type is not :invoke, :info, :sleep or :log")
      (and (map? o) (not (number? (:time o)))) (conj ":time is not a number")
      (and (map? o) (nil? (:process o))) (conj "there is no :process")
      (and (map? o) (:process o)
           (not (some #{(:process o)} (ctx/free-processes context)))) (conj "its process is not free"))))

(defrecord Validate [gen]
  Generator
  (op [_ test context]
    (when-let [answer (op gen test context)]
      (let [wrong (if (and (vector? answer) (= 2 (count answer)))
                    (problems (first answer) context)
                    ["the answer is not a vector of two"])]
        (when (seq wrong)
          (throw (ex-info (str "a generator answered something invalid: " (first wrong))
                          {:type ::invalid-op :op (first answer) :problems wrong})))
        [(first answer) (Validate. (second answer))])))
  (update [_ test context event] (Validate. (update gen test context event))))

(defn validate
  "The generator; throws `::invalid-op` if it answers what no interpreter could carry out."
  [gen]
  (Validate. gen))

(defrecord FriendlyExceptions [gen]
  Generator
  (op [_ test context]
    (try
      (when-let [[o gen'] (op gen test context)]
        [o (FriendlyExceptions. gen')])
      (catch Exception e
        (throw (ex-info (str "a generator threw when it was asked at " (:time context) " ns: " (ex-message e))
                        {:type ::op-threw :context context} e)))))
  (update [_ test context event]
    (try
      (FriendlyExceptions. (update gen test context event))
      (catch Exception e
        (throw (ex-info (str "a generator threw when it was told of " (pr-str event) ": " (ex-message e))
                        {:type ::update-threw :context context :event event} e))))))

(defn friendly-exceptions
  "The generator; what it throws says what it was asked or told."
  [gen]
  (FriendlyExceptions. gen))
