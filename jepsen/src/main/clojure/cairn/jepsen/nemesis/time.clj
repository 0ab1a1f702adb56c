(ns cairn.jepsen.nemesis.time
  "Clocks that are off. Names and values are those of `jepsen.nemesis.time`; deltas and periods are in
  milliseconds, durations in seconds. What is known of the clocks goes along as `:clock-offsets`, in
  seconds, which `perf/clock-plot` draws."
  (:require [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.system :as system]))

(set! *warn-on-reflection* true)

(defn- micros ^long [ms] (Math/round (* 1000.0 (double ms))))

(defn- skew [node ms] {:clock-skew node :by (str (micros ms) " us")})

(defn- bump! [system skews node ms]
  (when (and (not= 0 (micros ms)) (system/strike! system (skew node ms)))
    (swap! skews update node (fnil conj []) ms)))

(defn- reset-clock! [system skews node]
  (doseq [ms (get @skews node)] (system/heal! system (skew node ms)))
  (swap! skews dissoc node))

(defn- strobe! [system value]
  (let [{:keys [period duration]} (val (first value))
        half #(system/sleep! system (* 1000 (micros period)))]
    (dotimes [_ (max 1 (Math/round (/ (* 500 (double duration)) (double period))))]
      (doseq [[node {:keys [delta]}] value] (system/strike! system (skew node delta)))
      (half)
      (doseq [[node {:keys [delta]}] value] (system/heal! system (skew node delta)))
      (half))))

(defn- offsets [nodes skews]
  (into (sorted-map) (map (fn [node] [node (/ (double (reduce + 0 (get skews node))) 1000)])) nodes))

(defn clock-nemesis
  "`{:f :bump :value {node delta}}`, `{:f :strobe :value {node {:delta :period :duration}}}` (forth
  and back, all nodes together by the first one's period), `{:f :reset :value nodes}` (nil is all)
  and `{:f :check-offsets}`."
  []
  (let [skews (atom {})]
    (reify
      nemesis/Nemesis
      (setup! [this _] this)
      (invoke! [_ {:keys [system nodes]} {:keys [f value] :as op}]
        (case f
          :bump (doseq [[node ms] value] (bump! system skews node ms))
          :strobe (when (seq value) (strobe! system value))
          :reset (doseq [node (or value nodes)] (reset-clock! system skews node))
          :check-offsets nil)
        (assoc op :clock-offsets (offsets nodes @skews)))
      (teardown! [_ {:keys [system nodes]}]
        (doseq [node nodes] (reset-clock! system skews node)))
      nemesis/Reflection
      (fs [_] #{:bump :strobe :reset :check-offsets}))))

(defn- some-delta
  "From 4 ms to some minutes, either way; every magnitude is as likely. `most` bounds it."
  [most]
  (let [doublings (- (/ (Math/log (double most)) (Math/log 2)) 2)]
    (* (random/one-of [-1 1]) (Math/pow 2 (+ 2 (random/uniform (max 0 doublings)))))))

(defn bump-gen
  "Bumps of the clocks of `(targets test)`, of at most so many milliseconds."
  ([targets] (bump-gen targets 262144))
  ([targets most]
   (fn [test _]
     {:type :info :f :bump :value (into {} (map (fn [n] [n (some-delta most)])) (targets test))})))

(defn strobe-gen
  "Strobes of the clocks of `(targets test)`, by at most so many milliseconds, for at most so many
  seconds."
  ([targets] (strobe-gen targets 262144 32))
  ([targets most longest]
   (fn [test _]
     (let [duration (random/uniform (double longest))
           period (min (Math/pow 2 (random/uniform 10)) (* 250 duration))]
       {:type :info :f :strobe
        :value (into {} (map (fn [n] [n {:delta (some-delta most) :period period :duration duration}]))
                     (targets test))}))))

(defn reset-gen
  "Resets of the clocks of `(targets test)`."
  [targets]
  (fn [test _] {:type :info :f :reset :value (vec (targets test))}))
