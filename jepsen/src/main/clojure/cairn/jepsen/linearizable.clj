(ns cairn.jepsen.linearizable
  "Whether a history is linearizable: asks Cairn's search for an order.

  Bounded in time and in memory always: past a limit it answers `:unknown`, with a cause."
  (:require [cairn.jepsen.history :as h]
            [cairn.jepsen.model :as model])
  (:import (cairn.jepsen NumberedStates NumberedStates$Step)
           (cairn.model.property Calls OrderSearch OrderSearch$Outcome)
           (java.util ArrayList HashMap)
           (java.util.function BooleanSupplier)))

(set! *warn-on-reflection* true)

(def default-limits
  "A minute, and as many configurations as fit half a gigabyte."
  {:time-limit 60000 :most-configurations (bit-shift-left 1 23)})

;; An operation of the model: the completion's value if it is known. What failed did not happen, and
;; a crashed read says nothing.
(defn- effective [model history]
  (let [out (ArrayList.)]
    (doseq [[invocation completion] (h/pairs history)
            :let [ok (h/ok? completion)
                  op (if ok (assoc invocation :value (:value completion)) invocation)]
            :when (and (not (h/fail? completion))
                       (or ok (not (model/reads? model op))))]
      (.add out [op (when ok completion)]))
    (vec out)))

(defn- numbered
  "The operations as calls of numbered kinds, what was asked for by its number, and each kind's
  operation."
  [model ops]
  (let [kind-of (HashMap.)
        kinds (ArrayList.)
        number (fn [op]
                 (let [k [(:f op) (:value op)]]
                   (or (.get kind-of k)
                       (let [i (.size kinds)]
                         (.put kind-of k i)
                         ;; A map of two is looked up sooner.
                         (.add kinds {:f (:f op) :value (:value op)})
                         i))))
        calls (Calls.)
        ;; In the order of the history: calls and answers by their indices.
        events (sort-by first (mapcat (fn [[op completion]]
                                        (if completion
                                          [[(:index op) op] [(:index completion) op completion]]
                                          [[(:index op) op]]))
                                      ops))
        called (HashMap.)
        asked (ArrayList.)]
    (doseq [[_ op completion] events]
      (if completion
        (.answer calls (int (.remove called (:process op))))
        (do (.put called (:process op)
                  (.call calls (int (number op)) (boolean (model/reads? model op))))
            (.add asked op))))
    {:calls calls :kinds kinds :asked asked}))

(defn- brief [op] (select-keys op [:index :process :type :f :value]))

(defn- counterexample [{:keys [asked]} ^OrderSearch search ^NumberedStates states ops]
  (let [due (nth asked (.deepest search))
        completions (into {} (map (fn [[op completion]] [(:index op) completion])) ops)
        completed (get completions (:index due))
        path (mapv #(brief (nth asked %)) (.deepestPath search))
        before (last (sort-by :index (filter #(< (long (:index %)) (long (:index completed)))
                                             (keep second ops))))]
    {:op completed
     :previous-ok before
     :last-op (peek path)
     :configs [{:model (.state states (.deepestState search))
                :last-op (peek path)
                :pending [(brief due)]}]
     :final-paths [(conj path {:op (brief completed)
                               :model (let [m (.state states (.deepestState search))]
                                        (model/step m (assoc due :value (:value completed))))})]}))

(defn analysis
  "Whether a history of a model is linearizable: `:valid?` true, false or `:unknown`; if false, the
  operation that no order explains, if unknown, the `:cause`. Limits: `:time-limit` in milliseconds,
  `:most-configurations`."
  ([model history] (analysis model history {}))
  ([model history limits]
   (let [{:keys [time-limit most-configurations]} (merge default-limits limits)
         ops (effective model history)
         {:keys [^ArrayList kinds] :as numbers} (numbered model ops)
         states (NumberedStates. model (.size kinds)
                                 (reify NumberedStates$Step
                                   (from [_ state kind]
                                     (let [after (model/step state (.get kinds kind))]
                                       (when-not (model/inconsistent? after) after)))
                                   (key [_ state] (model/state-key state))))
         until (+ (System/nanoTime) (* 1000000 (long time-limit)))
         search (OrderSearch. (:calls numbers) states (int most-configurations)
                              (reify BooleanSupplier
                                (getAsBoolean [_] (neg? (- until (System/nanoTime))))))
         outcome (binding [model/*reasons?* false] (.search search))]
     (merge {:analyzer :cairn :op-count (count ops) :placements (.tried search)}
            (condp = outcome
              OrderSearch$Outcome/EXPLAINED {:valid? true}
              OrderSearch$Outcome/IMPOSSIBLE (assoc (counterexample numbers search states ops)
                                                    :valid? false)
              OrderSearch$Outcome/OUT_OF_TIME {:valid? :unknown :cause :timeout}
              OrderSearch$Outcome/OUT_OF_MEMORY {:valid? :unknown :cause :out-of-memory})))))
