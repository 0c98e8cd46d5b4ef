/** Modules and packages whose users open TLS connections to other hosts: RPC, clouds, databases, queues, mail. */
const outward = [
  'google.golang.org/grpc',
  'google.golang.org/api',
  'cloud.google.com/go',
  'github.com/aws/aws-sdk-go',
  'github.com/aws/aws-sdk-go-v2',
  'github.com/Azure/azure-sdk-for-go',
  'github.com/minio/minio-go',
  'github.com/lib/pq',
  'github.com/jackc/pgx',
  'github.com/go-sql-driver/mysql',
  'github.com/microsoft/go-mssqldb',
  'github.com/redis/go-redis',
  'github.com/go-redis/redis',
  'go.mongodb.org/mongo-driver',
  'github.com/segmentio/kafka-go',
  'github.com/IBM/sarama',
  'github.com/nats-io/nats.go',
  'github.com/rabbitmq/amqp091-go',
  'github.com/elastic/go-elasticsearch',
  'github.com/hashicorp/vault/api',
  'github.com/stripe/stripe-go',
  'github.com/slack-go/slack',
  'github.com/go-resty/resty',
  'golang.org/x/oauth2',
  'golang.org/x/crypto/acme',
  'k8s.io/client-go',
  'net/smtp',
];

/** True for an import path of a package, or below one, that speaks to other hosts. */
export const speaksOutward = (importPath: string): boolean =>
  outward.some((path) => importPath === path || importPath.startsWith(`${path}/`));
