/** The bucket of logs, backups, exports and templates in Python. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { blobDays } from '../../shared/blobs/blobDays.ts';
import type { Stage } from '../stage.ts';

export interface BlobsProps {
  readonly stage: Stage;
}

export class Blobs extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: BlobsProps) {
    super(scope, id);
    // Its name is made by CloudFormation: bucket names are one space for all accounts.
    this.bucket = new Bucket(this, 'bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // A bucket that still holds logs is never deleted with its stack; a stage to try things out is emptied by hand.
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        ...Object.entries(blobDays()).map(([folder, days]) => ({
          prefix: `${folder}/`,
          expiration: Duration.days(days),
        })),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }
}
